// What robfig/cron v3, the parser that Kubernetes reads CronJobs with, says of
// expressions: the table tests/golden/cron.tsv. Debian has all of it:
//
//	apt-get install golang-go golang-github-robfig-cron-dev
//	GO111MODULE=off GOPATH=/usr/share/gocode \
//	    go run tests/golden/cron_golden.go > tests/golden/cron.tsv
//
// Lines: "zone NAME FROM OFFSET" (seconds east of UTC, from that time on),
// "next EXPRESSION ZONE AFTER NEXT", "bad EXPRESSION": refused. The same on
// every run; a newer time zone database may change what is yet to come.
package main

import (
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron"
)

const form = "2006-01-02T15:04:05.000Z"

var names = []string{"UTC", "Europe/Berlin", "America/Sao_Paulo",
	"America/New_York", "Australia/Lord_Howe", "Asia/Beirut"}
var zones = map[string]*time.Location{}
var edges = map[string][]time.Time{}
var written = map[string]bool{}

func text(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return strings.Replace(t.UTC().Format(form), ".000Z", "Z", 1)
}

func put(expression, name string, after time.Time) {
	schedule, err := cron.ParseStandard(expression)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	row := fmt.Sprintf("next\t%s\t%s\t%s\t%s", expression, name, text(after),
		text(schedule.Next(after.In(zones[name]))))
	if !written[row] {
		fmt.Println(row)
	}
	written[row] = true
}

// The times from 2016 to 2037 at which the zone's clocks are set.
func putZone(name string) {
	loc, err := time.LoadLocation(name)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	zones[name] = loc
	t := time.Date(2016, 1, 1, 0, 0, 0, 0, time.UTC)
	_, was := t.In(loc).Zone()
	fmt.Printf("zone\t%s\t%s\t%d\n", name, text(t), was)
	for t.Year() < 2037 {
		t = t.Add(time.Minute * 15)
		if _, is := t.In(loc).Zone(); is != was {
			fmt.Printf("zone\t%s\t%s\t%d\n", name, text(t), is)
			edges[name] = append(edges[name], t)
			was = is
		}
	}
}

// Around the setting of the clocks: what lies in the hour, each hour and each
// quarter, midnight, and the days and months that begin there.
func putEdges(name string, from, to int) {
	expressions := []string{"30 2 * * *", "15 1 * * *", "45 1,2 * * *",
		"*/15 * * * *", "0 * * * *", "30 0 * * *", "0 0 * * *", "0 3 * * *",
		"59 23 * * *", "0 0 1 * *", "10 0-3 * * SUN", "@daily", "@every 1h",
		"7 2 * * 0", "0 0 * * SUN", "0 12 * * SUN"}
	before := []time.Duration{25 * time.Hour, 3 * time.Hour, time.Hour,
		30 * time.Minute, time.Minute, time.Second, 0, -time.Minute,
		-20 * time.Minute, -time.Hour}
	for _, edge := range edges[name] {
		if edge.Year() < from || edge.Year() > to {
			continue
		}
		for i, e := range expressions {
			for k, d := range before {
				if (i+k)%2 == 0 {
					put(e, name, edge.Add(-d))
				}
			}
		}
	}
}

func number(r *rand.Rand, min, max int, names []string) string {
	n := min + r.Intn(max-min+1)
	if names != nil && r.Intn(3) == 0 {
		word := names[n-min]
		if r.Intn(2) == 0 {
			return word
		}
		return strings.ToLower(word)
	}
	return strconv.Itoa(n)
}

func element(r *rand.Rand, min, max int, names []string) string {
	switch r.Intn(8) {
	case 0:
		return "*"
	case 1:
		return "*/" + strconv.Itoa(1+r.Intn(max))
	case 2:
		return number(r, min, max, nil) + "/" + strconv.Itoa(1+r.Intn(max))
	case 3, 4:
		low := min + r.Intn(max-min+1)
		high := low + r.Intn(max-low+1)
		out := number(r, low, low, nil) + "-" + number(r, high, high, nil)
		if names != nil && r.Intn(2) == 0 {
			out = names[low-min] + "-" + names[high-min]
		}
		if r.Intn(2) == 0 {
			out += "/" + strconv.Itoa(1+r.Intn(9))
		}
		return out
	}
	return number(r, min, max, names)
}

func field(r *rand.Rand, min, max int, names []string, free int) string {
	if r.Intn(10) < free {
		return []string{"*", "*", "?"}[r.Intn(3)]
	}
	out := element(r, min, max, names)
	for r.Intn(4) == 0 {
		out += "," + element(r, min, max, names)
	}
	return out
}

func putRandom(r *rand.Rand) {
	months := strings.Fields("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC")
	days := strings.Fields("SUN MON TUE WED THU FRI SAT")
	expression := field(r, 0, 59, nil, 1) + " " + field(r, 0, 23, nil, 3) +
		" " + field(r, 1, 31, nil, 4) + " " + field(r, 1, 12, months, 5) +
		" " + field(r, 0, 6, days, 5)
	after := time.UnixMilli(1500000000000 + r.Int63n(450000000)*1000)
	if r.Intn(4) == 0 {
		after = after.Add(time.Duration(r.Intn(1000)) * time.Millisecond)
	}
	put(expression, names[r.Intn(len(names))], after)
}

func putFixed() {
	day := time.Date(2023, 3, 10, 12, 34, 56, 0, time.UTC)
	for _, e := range []string{"@hourly", "@daily", "@midnight", "@weekly",
		"@monthly", "@yearly", "@annually", "@every 90s", "@every 1h30m",
		"@every 1.5h", "@every 36h", "@every 2m3.7s", "@every 1500ms",
		"@every 0.5m", "@every 1.15h", "@every 2.05m",
		"@every 0.57h", "0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 29 2 *",
		"0 0 29 2 MON", "0 0 29 2 ?", "0 0 13 * FRI", "0 0 13 * */1",
		"0 0 */2 * FRI", "0 0 13 * *", "*/100 * * * *", "5/15 8-18/2 * * 1-5",
		"0 0 1,* * MON", "59 23 31 12 *", "0 0 1 1 *", "?/20 ? ? ? ?"} {
		for _, name := range names {
			put(e, name, day)
			put(e, name, day.Add(250*time.Millisecond))
			put(e, name, time.Date(2019, 12, 31, 23, 59, 59, 0, zones[name]))
		}
	}
	put("0 0 29 2 *", "UTC", time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC))
	put("0 0 29 2 *", "UTC", time.Date(2096, 2, 29, 0, 0, 0, 0, time.UTC))
}

func putBad() {
	for _, e := range []string{"", "* * * *", "* * * * * *", "60 * * * *",
		"* 24 * * *", "* * 0 * *", "* * 32 * *", "* * * 0 *", "* * * 13 *",
		"* * * * 7", "* * * * 5-7", "5-1 * * * *", "* * * DEC-JAN *",
		"*/0 * * * *", "1-2-3 * * * *", "1/2/3 * * * *", "-1 * * * *",
		"a * * * *", "* * * FOO *", "* * JAN * *", "* * * * MONDAY", "1- * * * *",
		"*/ * * * *", "*/x * * * *", "1.5 * * * *", "0,61 * * * *", "@dayly",
		"@Daily", "@every", "@every 5", "@every x", "@every 5d", "@every 1h 5m",
		"** * * * *", "* * L * *", "* * * * 5#2", "* * 15W * *", "H * * * *"} {
		if _, err := cron.ParseStandard(e); err == nil {
			fmt.Fprintf(os.Stderr, "'%s' is not refused\n", e)
			os.Exit(1)
		}
		fmt.Printf("bad\t%s\n", e)
	}
}

func main() {
	fmt.Println("# Of robfig/cron v3.0.1, Go 1.19 and tzdata, as Debian 12 has them;")
	fmt.Println("# printed by tests/golden/cron_golden.go, which says how.")
	r := rand.New(rand.NewSource(20260131))
	for _, name := range names {
		putZone(name)
	}
	putFixed()
	putEdges("Europe/Berlin", 2024, 2025)
	putEdges("America/Sao_Paulo", 2017, 2019)
	putEdges("America/New_York", 2026, 2026)
	putEdges("Australia/Lord_Howe", 2026, 2026)
	putEdges("Asia/Beirut", 2024, 2024)
	for i := 0; i < 600; i++ {
		putRandom(r)
	}
	putBad()
}

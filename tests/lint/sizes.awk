# A function opens and closes with a brace alone in the first column; it is
# counted from the line that names it. Above the upper limit it is an error,
# above the lower one a word in the last line.
BEGIN {
    function_aim = 50; function_most = 70
    file_aim = 300;    file_most = 500
    line_most = 100
}

function complain(line, what) {
    printf "%s:%d: %s\n", name, line, what
    bad = 1
}

function warn(line, what) {
    warnings = warnings sprintf(" %s:%d (%s)", name, line, what)
    warned++
}

function end_file() {
    if (name == "" || name == "/dev/null")
        return
    if (lines > file_most)
        complain(lines, "the file has " lines " lines, the most is " file_most)
    else if (lines > file_aim)
        warn(lines, "file of " lines " lines")
}

function end_function(    n) {
    n = lines - begun_at + 1
    if (n > function_most)
        complain(begun, "the function has " n " lines, the most is " \
                 function_most)
    else if (n > function_aim)
        warn(begun, "function of " n " lines")
}

FNR == 1 {
    end_file()
    name = FILENAME
    lines = begun = open = fenced = 0
}

/clang-format off/ { fenced = 1 }
/clang-format on/  { fenced = 0 }

!fenced {
    lines++
    text = $0
    gsub(/[\200-\277]/, "", text) # counts characters, not bytes
    if (length(text) > line_most)
        complain(FNR, "the line has " length(text) " columns, the most is " \
                 line_most)
}

/^[A-Za-z_]/ && !open && !begun { begun = FNR; begun_at = lines }
/^{/ && begun                   { open = 1 }
/^}/ && open                    { end_function(); open = begun = 0 }
/[;}][ \t]*$/ && !open          { begun = 0 }

END {
    end_file()
    if (warned)
        printf "  sizes: %d above what we aim at:%s\n", warned, warnings
    exit bad
}

# From `nm -A -P`: OBJECT NAME COMPLAINT for each impure symbol.
function base_name(name) {
    sub(/\..*$/, "", name)
    return name
}

BEGIN {
    while ((getline line < allow) > 0) {
        if (line ~ /^#/)
            continue
        n = split(line, part, " ")
        for (i = 1; i <= n; i++)
            known[part[i]] = 1
    }
    close(allow)
}

{
    object = $1
    sub(/:$/, "", object)
}

$3 ~ /^[TRVWtrvw]$/ { known[$2] = 1 }
$3 ~ /^[dDbBsSgGC]$/ {
    print object, base_name($2), "is data that can be written"
}
$3 == "U" {
    used[++uses] = $2
    user[uses] = object
}

END {
    for (i = 1; i <= uses; i++)
        if (!(used[i] in known))
            print user[i], used[i], "is not in pure_symbols.txt"
}

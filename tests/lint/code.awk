# code(line): the line without its comments, and with its texts empty. Call it
# for every line of a file in order; code_begin() at each file's first.
function code_begin() { in_comment = 0 }

function code(line,    out, i, c, two, quote) {
    out = ""
    quote = ""
    for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        two = substr(line, i, 2)
        if (in_comment) {
            if (two == "*/") {
                in_comment = 0
                i++
            }
        } else if (quote != "") {
            if (c == "\\")
                i++
            else if (c == quote) {
                out = out c
                quote = ""
            }
        } else if (two == "/*") {
            in_comment = 1
            out = out " "
            i++
        } else if (two == "//") {
            break
        } else {
            out = out c
            if (c == "\"" || c == "'")
                quote = c
        }
    }
    return out
}

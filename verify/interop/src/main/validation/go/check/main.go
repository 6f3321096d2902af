// Command check reads structs and says what thrift-gen-validator's code thinks of them.
//
// A line of its input is a name, the name of a struct and the bytes of the struct in hex, with tabs
// in between; a line of its output is the name, "valid", "invalid" or "panic", and the reason.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"strings"

	"windhover/validation/kitex_gen/rules"
)

type checked interface {
	FastRead(buf []byte) (int, error)
	IsValid() error
}

var structs = map[string]func() checked{
	"Bytes":              func() checked { return rules.NewBytes() },
	"Chooser":            func() checked { return rules.NewChooser() },
	"Containers":         func() checked { return rules.NewContainers() },
	"DivideByZero":       func() checked { return rules.NewDivideByZero() },
	"Enums":              func() checked { return rules.NewEnums() },
	"Failure":            func() checked { return rules.NewFailure() },
	"Flags":              func() checked { return rules.NewFlags() },
	"Fraction":           func() checked { return rules.NewFraction() },
	"Functions":          func() checked { return rules.NewFunctions() },
	"Numbers":            func() checked { return rules.NewNumbers() },
	"OptionalBytes":      func() checked { return rules.NewOptionalBytes() },
	"OptionalContainers": func() checked { return rules.NewOptionalContainers() },
	"OptionalNumbers":    func() checked { return rules.NewOptionalNumbers() },
	"Patterns":           func() checked { return rules.NewPatterns() },
	"References":         func() checked { return rules.NewReferences() },
	"Structs":            func() checked { return rules.NewStructs() },
	"Texts":              func() checked { return rules.NewTexts() },
	"UnsetReference":     func() checked { return rules.NewUnsetReference() },
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		cells := strings.Split(lines.Text(), "\t")
		verdict, reason := check(cells[1], cells[2])
		reason = strings.Join(strings.Fields(reason), " ")
		fmt.Printf("%s\t%s\t%s\n", cells[0], verdict, reason)
	}
	if err := lines.Err(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(name, text string) (verdict, reason string) {
	defer func() {
		if cause := recover(); cause != nil {
			verdict, reason = "panic", fmt.Sprint(cause)
		}
	}()
	bytes, err := hex.DecodeString(text)
	if err != nil {
		return "unread", err.Error()
	}
	value := structs[name]()
	if _, err := value.FastRead(bytes); err != nil {
		return "unread", err.Error()
	}
	if err := value.IsValid(); err != nil {
		return "invalid", err.Error()
	}
	return "valid", ""
}

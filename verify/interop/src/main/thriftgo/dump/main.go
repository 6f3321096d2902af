// A plugin that writes the request it gets, as Thriftgo's own code reads it, to the file that its
// parameter "out" names. With "answer", it answers with what is in that file instead of nothing.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/cloudwego/thriftgo/plugin"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	bytes, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	request, err := plugin.UnmarshalRequest(bytes)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(request, "", " ")
	if err != nil {
		return err
	}
	response := plugin.NewResponse()
	for _, parameter := range request.PluginParameters {
		key, value, _ := strings.Cut(parameter, "=")
		switch key {
		case "out":
			if err := os.WriteFile(value, text, 0o644); err != nil {
				return err
			}
		case "answer":
			answer, err := os.ReadFile(value)
			if err != nil {
				return err
			}
			if err := json.Unmarshal(answer, response); err != nil {
				return err
			}
		}
	}
	answer, err := plugin.MarshalResponse(response)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(answer)
	return err
}

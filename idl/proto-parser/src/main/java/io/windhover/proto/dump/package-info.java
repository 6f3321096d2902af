/// The syntax tree of a `.proto` file for tools in other languages.
package io.windhover.proto.dump;

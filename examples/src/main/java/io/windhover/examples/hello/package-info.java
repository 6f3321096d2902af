/// A service from `hello.thrift`: its handler, a server, a client.
package io.windhover.examples.hello;

/// What `./windhover demo` runs.
package io.windhover.examples.demo;

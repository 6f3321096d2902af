/// What the compiler checks of `.proto` files: all of it is in [ProtoRule].
package io.windhover.proto.rule;

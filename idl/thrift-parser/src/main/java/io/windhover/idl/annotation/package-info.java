/// What annotations mean to the tools around Thrift: HTTP (`api.*`), streaming. (Those of rules for
/// values, `vt.*`, are read by the package for these.)
///
/// Start at [AnnotationChecker]. The compiler itself gives no annotation a meaning; this package
/// warns of those that a tool would stumble over. It sees syntax alone.
package io.windhover.idl.annotation;

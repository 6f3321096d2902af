/// The code that checks the rules of the IDL (`vt.*` annotations) in generated classes.
///
/// Start at [CheckLowering]. This package may use the model of the Java that is generated, and none
/// of the code that emits the rest of it.
package io.windhover.codegen.check;

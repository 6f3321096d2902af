/// The rules for values that an IDL holds as `vt.*` annotations, parsed and checked.
///
/// The keys and their meaning are those of thrift-gen-validator. Start at [ValidationRules]. Stands
/// on the resolved model: a rule may name fields, enum items and constants.
package io.windhover.idl.validation;

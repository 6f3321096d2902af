package io.windhover.thrift.validation;

/// A struct breaks a rule of its IDL. Carries no stack trace: a peer can cause it at will.
public final class ValidationException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Violation violation;
  private final String message;

  public ValidationException(Violation violation) {
    super(null, null, false, false);
    this.violation = violation;
    this.message = violation.message();
  }

  /// The first broken rule: the check ended there.
  public Violation violation() {
    return violation;
  }

  @Override
  public String getMessage() {
    return message;
  }
}

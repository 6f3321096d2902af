package io.windhover.thrift;

/// An exception that an IDL declares: a result of the method, thrown by a handler and again by the
/// stub of the caller. Generated exceptions extend it.
public abstract class ThriftException extends Exception {

  private static final long serialVersionUID = 1;

  protected ThriftException() {}
}

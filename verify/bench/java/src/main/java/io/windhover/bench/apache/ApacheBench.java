package io.windhover.bench.apache;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.TProcessor;
import org.apache.thrift.TSerializable;
import org.apache.thrift.protocol.TMessage;
import org.apache.thrift.protocol.TMessageType;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.protocol.TProtocolUtil;
import org.apache.thrift.protocol.TType;

/// The service `Bench` of bench.thrift: its interface, client and processor.
public final class ApacheBench {

  private ApacheBench() {}

  /// What a handler implements.
  public interface Iface {
    ApacheReply echo(ApacheRequest request) throws TException;

    ApacheReply sleep(ApacheRequest request) throws TException;

    ApacheOrder order(ApacheOrder order) throws TException;
  }

  /// Calls over one connection, one at a time, as `TServiceClient` does.
  public static final class Client implements Iface {
    private final TProtocol protocol;
    private int seqid;

    public Client(TProtocol protocol) {
      this.protocol = protocol;
    }

    @Override
    public ApacheReply echo(ApacheRequest request) throws TException {
      send("echo", ApacheWrapper.arguments(request));
      return receive("echo", ApacheWrapper.emptyResult(ApacheReply::new));
    }

    @Override
    public ApacheReply sleep(ApacheRequest request) throws TException {
      send("sleep", ApacheWrapper.arguments(request));
      return receive("sleep", ApacheWrapper.emptyResult(ApacheReply::new));
    }

    @Override
    public ApacheOrder order(ApacheOrder order) throws TException {
      send("order", ApacheWrapper.arguments(order));
      return receive("order", ApacheWrapper.emptyResult(ApacheOrder::new));
    }

    private void send(String method, TSerializable arguments) throws TException {
      protocol.writeMessageBegin(new TMessage(method, TMessageType.CALL, ++seqid));
      arguments.write(protocol);
      protocol.writeMessageEnd();
      protocol.getTransport().flush();
    }

    private <R extends TSerializable> R receive(String method, ApacheWrapper<R> result)
        throws TException {
      TMessage message = protocol.readMessageBegin();
      if (message.type == TMessageType.EXCEPTION) {
        var failure = TApplicationException.readFrom(protocol);
        protocol.readMessageEnd();
        throw failure;
      }
      if (message.seqid != seqid) {
        throw new TApplicationException(
            TApplicationException.BAD_SEQUENCE_ID,
            "%s failed: out of sequence response: expected %d but got %d"
                .formatted(method, seqid, message.seqid));
      }
      result.read(protocol);
      protocol.readMessageEnd();
      if (result.value != null) {
        return result.value;
      }
      throw new TApplicationException(
          TApplicationException.MISSING_RESULT, method + " failed: unknown result");
    }
  }

  /// Reads a call, has the handler answer it and writes the reply, as `TBaseProcessor` does.
  public static final class Processor implements TProcessor {
    private final Map<String, Function<?, ?>> functions;

    public Processor(Iface handler) {
      this.functions =
          Map.of(
              "echo", new Function<>("echo", ApacheRequest::new, handler::echo),
              "sleep", new Function<>("sleep", ApacheRequest::new, handler::sleep),
              "order", new Function<>("order", ApacheOrder::new, handler::order));
    }

    @Override
    public void process(TProtocol in, TProtocol out) throws TException {
      TMessage message = in.readMessageBegin();
      var function = functions.get(message.name);
      if (function == null) {
        TProtocolUtil.skip(in, TType.STRUCT);
        in.readMessageEnd();
        reply(
            message,
            TMessageType.EXCEPTION,
            new TApplicationException(
                TApplicationException.UNKNOWN_METHOD,
                "Invalid method name: '" + message.name + "'"),
            out);
        return;
      }
      function.process(message, in, out);
    }

    private static void reply(TMessage call, byte type, TSerializable body, TProtocol out)
        throws TException {
      out.writeMessageBegin(new TMessage(call.name, type, call.seqid));
      body.write(out);
      out.writeMessageEnd();
      out.getTransport().flush();
    }

    private interface Body<A, R> {
      R answer(A argument) throws TException;
    }

    /// `ProcessFunction`.
    private record Function<A extends TSerializable, R extends TSerializable>(
        String name, Supplier<A> argument, Body<A, R> body) {

      void process(TMessage call, TProtocol in, TProtocol out) throws TException {
        var arguments = ApacheWrapper.emptyArguments(argument);
        try {
          arguments.read(in);
        } catch (TProtocolException e) {
          in.readMessageEnd();
          reply(
              call,
              TMessageType.EXCEPTION,
              new TApplicationException(TApplicationException.PROTOCOL_ERROR, e.getMessage()),
              out);
          return;
        }
        in.readMessageEnd();
        byte type = TMessageType.REPLY;
        TSerializable result;
        try {
          result = ApacheWrapper.result(body.answer(arguments.value));
        } catch (TApplicationException e) {
          type = TMessageType.EXCEPTION;
          result = e;
        } catch (Exception e) {
          type = TMessageType.EXCEPTION;
          result =
              new TApplicationException(
                  TApplicationException.INTERNAL_ERROR, "Internal error processing " + name);
        }
        reply(call, type, result, out);
      }
    }
  }
}

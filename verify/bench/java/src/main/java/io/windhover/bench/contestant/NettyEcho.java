package io.windhover.bench.contestant;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Netty on epoll with one event loop.
@SuppressWarnings("FutureReturnValueIgnored") // a write fails only if the connection has ended
record NettyEcho(Supplier<ChannelHandler> handlers) implements RawEcho {

  /// Each frame is answered on the event loop.
  static NettyEcho inline() {
    return new NettyEcho(Inline::new);
  }

  /// Each frame is answered on a virtual thread of its own.
  static NettyEcho onVirtualThreads() {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    return new NettyEcho(() -> new HandOff(threads));
  }

  @Override
  public int serve(int port) throws InterruptedException {
    var listening =
        new ServerBootstrap()
            .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
            .channel(EpollServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new LengthFieldBasedFrameDecoder(
                                MAX_FRAME_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES))
                        .addLast(handlers.get());
                  }
                })
            .bind("127.0.0.1", port)
            .sync()
            .channel();
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  /// Returns a new frame with a copy of `body`, and releases that.
  private static ByteBuf reply(ChannelHandlerContext context, ByteBuf body) {
    try {
      int length = body.readableBytes();
      return context.alloc().buffer(LENGTH_BYTES + length).writeInt(length).writeBytes(body);
    } finally {
      body.release();
    }
  }

  private static final class Inline extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object body) {
      context.write(reply(context, (ByteBuf) body));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  private static final class HandOff extends ChannelInboundHandlerAdapter {

    private final ExecutorService threads;

    HandOff(ExecutorService threads) {
      this.threads = threads;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object body) {
      threads.execute(() -> context.writeAndFlush(reply(context, (ByteBuf) body)));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}

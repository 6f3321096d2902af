package io.windhover.rpc.protobuf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.windhover.rpc.proto.KitexProtobuf;
import io.windhover.rpc.server.Server;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The bytes that a server takes and answers with.
@Timeout(20)
final class KitexProtobufWireTest {

  private static final String CALL = "00000014 90010001 00000004 4563686f 00000001 0a026869";
  private static final String REPLY = "00000015 90010002 00000004 4563686f 00000001 0a03686921";

  private Server server;
  private Socket socket;

  @BeforeEach
  void connect() throws IOException {
    server =
        Server.builder()
            .port(0)
            .maxMessageBytes(1 << 20)
            .payloadCodec(new KitexProtobuf())
            .service(EchoService.serve(new EchoHandler(text -> text + "!")))
            .start();
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
  }

  @AfterEach
  void close() throws IOException {
    socket.close();
    server.close();
  }

  private void send(String hex) throws IOException {
    socket.getOutputStream().write(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  /// Returns the next frame, length and all.
  private String receive() throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    int length = in.readInt();
    return HexFormat.of().toHexDigits(length) + HexFormat.of().formatHex(in.readNBytes(length));
  }

  @Test
  void answersFramed() throws IOException {
    send(CALL);

    assertThat(receive()).isEqualTo(REPLY.replace(" ", ""));
  }

  @Test
  void answersBytesThatComeOneByOne() throws IOException {
    for (var one : CALL.replace(" ", "").split("(?<=\\G..)", -1)) {
      send(one);
    }

    assertThat(receive()).isEqualTo(REPLY.replace(" ", ""));
  }

  /// Kitex writes protocol id 0, old versions 3, and the document says 4.
  @ParameterizedTest
  @ValueSource(strings = {"00", "03", "04"})
  void answersTTHeaderOfEachProtocolId(String id) throws IOException {
    send("00000026 1000 0000 00000001 0001" + id + "000000" + CALL);

    assertThat(receive()).endsWith(REPLY.replace(" ", "")).contains("10000000");
  }

  @Test
  void answersThriftOnTheSameConnection() throws IOException {
    send(CALL);
    receive();
    send("00000011 80010001 00000004 4e6f7065 00000002 00");

    assertThat(receive()).contains("80010003" + "00000004" + "4e6f7065" + "00000002");
  }

  @Test
  void answersAnUnknownMethodWithAnError() throws IOException {
    send("00000014 90010001 00000004 4e6f7065 00000007 0a026869");

    assertThat(receive())
        .contains("90010003" + "00000004" + "4e6f7065" + "00000007" + "0801" + "12")
        .contains(HexFormat.of().formatHex("unknown method Nope".getBytes(UTF_8)));
  }

  /// What is wrong inside of a whole frame: rows 34, 36, 37, 51 and 61d. The second number of the
  /// answer is the code, 7 or 2.
  enum BadCall {
    ROW_34_TAG_ZERO("00000011 90010001 00000004 4563686f 00000001 00", "0807"),
    ROW_36_PAST_THE_END("00000014 90010001 00000004 4563686f 00000001 0a096869", "0807"),
    ROW_37_NOT_UTF8("00000014 90010001 00000004 4563686f 00000001 0a02c328", "0807"),
    ROW_51_REPLY_TO_A_SERVER("00000014 90010002 00000004 4563686f 00000001 0a026869", "0802"),
    ROW_51_ERROR_TO_A_SERVER("00000014 90010003 00000004 4563686f 00000001 0a026869", "0802"),
    ROW_61D_NAME_NEGATIVE("00000014 90010001 ffffffff 4563686f 00000001 0a026869", "0807"),
    ROW_61D_NAME_PAST_THE_END("00000014 90010001 00000011 4563686f 00000001 0a026869", "0807"),
    ROW_61D_TYPE("00000014 90010a01 00000004 4563686f 00000001 0a026869", "0807");

    final String hex;
    final String code;

    BadCall(String hex, String code) {
      this.hex = hex;
      this.code = code;
    }
  }

  @ParameterizedTest
  @EnumSource
  void costsTheCallAlone(BadCall bad) throws IOException {
    send(bad.hex);

    assertThat(receive()).contains("90010003").contains(bad.code + "12");
    send(CALL);
    assertThat(receive()).isEqualTo(REPLY.replace(" ", ""));
  }

  /// What hides where the next frame begins.
  enum BadFrame {
    ROW_61D_LENGTH_NEGATIVE("ffffffff 90010001 00000004 4563686f 00000001 0a026869"),
    ROW_61D_LENGTH_ABOVE_THE_LIMIT("00100001 90010001 00000004 4563686f 00000001 0a026869"),
    ROW_60_OTHER_MAGIC("00000014 90020001 00000004 4563686f 00000001 0a026869"),
    ROW_51C_BARE("90010001 00000004 4563686f 00000001 0a026869");

    final String hex;

    BadFrame(String hex) {
      this.hex = hex;
    }
  }

  @ParameterizedTest
  @EnumSource
  void costsTheConnection(BadFrame bad) throws IOException {
    send(bad.hex);

    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }
}

package io.windhover.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.http2.frame.ErrorCode;
import io.windhover.http2.frame.Http2Exception;
import io.windhover.http2.hpack.HeaderField;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 9113, section 8; rows 31 and 32.
final class HeadReaderTest {

  private static final String REQUEST = ":method=POST|:scheme=http|:path=/a.B/c|:authority=host";

  private final HeadReader reader = new HeadReader();

  private HeadReader read(String fields) {
    reader.start();
    for (var field : fields.split("\\|", -1)) {
      int split = field.indexOf('=');
      reader.accept(
          new HeaderField(
              unescaped(field.substring(0, split)), unescaped(field.substring(split + 1))));
    }
    return reader;
  }

  private static String unescaped(String text) {
    return text.translateEscapes();
  }

  @Test
  void readsARequest() {
    var head = read(REQUEST + "|te=trailers|x-a=1|x-a=2|content-length=12").request(1);

    assertThat(head)
        .isEqualTo(
            new RequestHead(
                "POST",
                "http",
                "host",
                "/a.B/c",
                List.of(
                    new HeaderField("te", "trailers"),
                    new HeaderField("x-a", "1"),
                    new HeaderField("x-a", "2"),
                    new HeaderField("content-length", "12"))));
    assertThat(reader.contentLength()).isEqualTo(12);
  }

  /// It is a peer's text, of any length, and ends up in logs.
  @Test
  void doesNotRepeatTheNameOfAFieldThatIsNone() {
    assertThatThrownBy(() -> read(REQUEST + "|x-a=1|:a\\r\\nb=1").request(1))
        .hasMessage("a field of HTTP/2's own that it does not have");
  }

  @Test
  void readsOneListAfterTheOther() {
    read(REQUEST + "|bad name=1|content-length=3");
    var head = read(":status=204|x-b=1").response(3);

    assertThat(head).isEqualTo(new ResponseHead(204, List.of(new HeaderField("x-b", "1"))));
    assertThat(reader.contentLength()).isEqualTo(-1);
    assertThat(read("grpc-status=0").trailers(3))
        .containsExactly(new HeaderField("grpc-status", "0"));
  }

  @Test
  void takesTheHostForAnAuthorityThatIsMissing() {
    var head = read(":method=GET|:scheme=http|:path=/|host=a:80").request(1);

    assertThat(head.authority()).isEqualTo("a:80");
  }

  @Test
  void readsConnect() {
    var head = read(":method=CONNECT|:authority=a:80").request(1);

    assertThat(head).isEqualTo(new RequestHead("CONNECT", "", "a:80", "", List.of()));
  }

  /// Whoever routes, and whoever forbids, sees these very characters.
  @ParameterizedTest
  @ValueSource(strings = {"//", "/a//b", "/%2f", "/a?b=c", "/a/../b", "/a%00"})
  void row32LeavesPathsAsTheyAre(String path) {
    assertThat(read(":method=GET|:scheme=http|:path=" + path).request(1).path()).isEqualTo(path);
  }

  enum Malformed {
    PATH_WITHOUT_SLASH(":method=GET|:scheme=http|:path=a"),
    PATH_EMPTY(":method=GET|:scheme=http|:path="),
    PATH_STAR_OF_GET(":method=GET|:scheme=http|:path=*"),
    NO_PATH(":method=GET|:scheme=http"),
    NO_METHOD(":scheme=http|:path=/"),
    NO_SCHEME(":method=GET|:path=/"),
    METHOD_TWICE(":method=GET|:method=GET|:scheme=http|:path=/"),
    PATH_TWICE(REQUEST + "|:path=/b"),
    OWN_FIELD_LAST(":method=GET|:scheme=http|x=1|:path=/"),
    UNKNOWN_OWN_FIELD(REQUEST + "|:x=1"),
    STATUS(REQUEST + "|:status=200"),
    HOST_OF_ANOTHER(REQUEST + "|host=other"),
    TWO_HOSTS(REQUEST + "|host=other|host=host"),
    CONNECT_WITH_PATH(":method=CONNECT|:authority=a|:path=/"),
    UPPER_CASE(REQUEST + "|X-a=1"),
    EMPTY_NAME(REQUEST + "|=1"),
    SPACE_IN_NAME(REQUEST + "|x a=1"),
    COLON_IN_NAME(REQUEST + "|x:a=1"),
    LINE_IN_NAME(REQUEST + "|x\\na=1"),
    LINE_IN_VALUE(REQUEST + "|x=1\\r\\ny: 2"),
    NUL_IN_VALUE(REQUEST + "|x=1\\0"),
    BLANK_BEFORE_VALUE(REQUEST + "|x=\\s1"),
    LINE_IN_PATH(":method=GET|:scheme=http|:path=/\\n"),
    CONNECTION(REQUEST + "|connection=close"),
    TRANSFER_ENCODING(REQUEST + "|transfer-encoding=chunked"),
    UPGRADE(REQUEST + "|upgrade=h2c"),
    TE(REQUEST + "|te=gzip"),
    ROW_31_LENGTH_TWICE(REQUEST + "|content-length=1|content-length=2"),
    ROW_31_LENGTH_SIGNED(REQUEST + "|content-length=+5"),
    ROW_31_LENGTH_NEGATIVE(REQUEST + "|content-length=-1"),
    ROW_31_LENGTH_HEX(REQUEST + "|content-length=0x1"),
    ROW_31_LENGTH_LIST(REQUEST + "|content-length=1,1"),
    ROW_31_LENGTH_EMPTY(REQUEST + "|content-length="),
    ROW_31_LENGTH_HUGE(REQUEST + "|content-length=99999999999999999999");

    final String fields;

    Malformed(String fields) {
      this.fields = fields;
    }
  }

  @ParameterizedTest
  @EnumSource
  void row32Rejects(Malformed malformed) {
    read(malformed.fields);

    endsStream(() -> reader.request(5));
  }

  private static void endsStream(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            Http2Exception.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.PROTOCOL_ERROR);
              assertThat(e.streamId()).isEqualTo(5);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {":status=20", ":status=2000", ":status=ab1", ":status=099", "x=1"})
  void rejectsResponsesWithoutAStatus(String fields) {
    read(fields);

    endsStream(() -> reader.response(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {":status=200", ":path=/", "X=1"})
  void rejectsTrailers(String fields) {
    read(fields);

    endsStream(() -> reader.trailers(5));
  }
}

package io.windhover.proto.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FormatterTest {

  @Test
  void putsAStatementOnALine() {
    assertThat(
            format(
                """
                syntax="proto3";package shop.v1 ;
                import "a.proto";import public "b.proto";
                option java_package="com.example.shop";
                message Order{string id=1;repeated Item items=2;map<string,.shop.v1.Item>by_name=3;
                  oneof payer{string name=4;int64 account=5;};reserved 6,8 to 10 ,12 to max;reserved "x","y";}
                message Item{}
                enum State{option allow_alias=true;NEW=0;OLD=-1;}
                service Orders{rpc Find(Order)returns(stream.shop.v1.Item);
                  rpc Save(stream Order)returns(Item){option deprecated=true;}rpc Drop(Order) returns (Item){};}
                extend.google.protobuf.FieldOptions{bool secret=50000;}
                """))
        .isEqualTo(
            """
            syntax = "proto3";

            package shop.v1;

            import "a.proto";
            import public "b.proto";

            option java_package = "com.example.shop";

            message Order {
              string id = 1;
              repeated Item items = 2;
              map<string, .shop.v1.Item> by_name = 3;
              oneof payer {
                string name = 4;
                int64 account = 5;
              }
              reserved 6, 8 to 10, 12 to max;
              reserved "x", "y";
            }

            message Item {}

            enum State {
              option allow_alias = true;
              NEW = 0;
              OLD = -1;
            }

            service Orders {
              rpc Find(Order) returns (stream .shop.v1.Item);
              rpc Save(stream Order) returns (Item) {
                option deprecated = true;
              }
              rpc Drop(Order) returns (Item) {}
            }

            extend .google.protobuf.FieldOptions {
              bool secret = 50000;
            }
            """);
  }

  @Test
  void keepsCommentsWhereTheyAre() {
    assertThat(
            format(
                """
                // License.

                // Of the file.
                syntax = "proto2"; // old


                /* Order. */ message Order { // begins
                    // Of id.
                  optional string id = 1; // behind id


                  /* Two
                   * lines. */
                  optional /* in */ int32 n = 2 [ // options
                     deprecated = true // for long
                     , default = 3];
                  // last
                } // ends
                ; // nothing
                // end
                """))
        .isEqualTo(
            """
            // License.

            // Of the file.
            syntax = "proto2"; // old

            /* Order. */ message Order { // begins
              // Of id.
              optional string id = 1; // behind id

              /* Two
               * lines. */
              optional /* in */ int32 n = 2 [ // options
                deprecated = true // for long
                    ,
                default = 3
              ];
              // last
            } // ends
            // nothing
            // end
            """);
  }

  @Test
  void writesOptionsOnOneLineIfTheyFit() {
    assertThat(
            format(
                """
                syntax = "proto3";
                option (a).b.(.c.d) = { name:"x" more<n:1,m:-2.5>list:[1,2] [x.y/z.Q]{a:1;} e {} l: [] };
                message A { string s = 1[deprecated=true,(my.option)={min:1 max:100 note:"a text that is long enough for more than a line"}];
                  string t = 2 [json_name = "T"]; }
                """))
        .isEqualTo(
            """
            syntax = "proto3";

            option (a).b.(.c.d) = {
              name: "x"
              more <n: 1, m: -2.5>
              list: [1, 2]
              [x.y/z.Q] { a: 1; }
              e {}
              l: []
            };

            message A {
              string s = 1 [
                deprecated = true,
                (my.option) = { min: 1 max: 100 note: "a text that is long enough for more than a line" }
              ];
              string t = 2 [json_name = "T"];
            }
            """);
  }

  @Test
  void breaksLongLines() {
    assertThat(
            format(
                """
                syntax = "proto3";
                option java_package = "a long text" "that is written in parts" "and does not fit on at all" " one line";
                service S { rpc AMethodWithALongNameIndeed(ARequestWithAVeryLongName) returns (stream AResponseWithAVeryLongName); }
                """))
        .isEqualTo(
            """
            syntax = "proto3";

            option java_package = "a long text"
                "that is written in parts"
                "and does not fit on at all"
                " one line";

            service S {
              rpc AMethodWithALongNameIndeed(ARequestWithAVeryLongName)
                  returns (stream AResponseWithAVeryLongName);
            }
            """);
  }

  @Test
  void leavesFilesWithErrorsAlone() {
    var result = Formatter.format("a.proto", "message {".getBytes(UTF_8));

    assertThat(result.text()).isEmpty();
    assertThat(result.diagnostics()).isNotEmpty();
  }

  private static String format(String text) {
    var result = Formatter.format("a.proto", text.getBytes(UTF_8));
    var formatted = result.text().orElseThrow(() -> new AssertionError(result.diagnostics()));
    assertThat(Formatter.format("a.proto", formatted.getBytes(UTF_8)).text()).contains(formatted);
    return formatted;
  }
}

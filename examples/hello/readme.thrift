namespace java io.windhover.examples.readme

struct HelloRequest { 1: required string name }
struct HelloResponse { 1: required string message }
service HelloService { HelloResponse hello(1: HelloRequest request) }

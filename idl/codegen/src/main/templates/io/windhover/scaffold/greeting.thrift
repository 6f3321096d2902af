namespace java {{package}}

struct GreetRequest {
  1: required string name,
}

struct GreetResponse {
  1: required string message,
}

service {{service}} {
  GreetResponse greet(1: GreetRequest request)
}

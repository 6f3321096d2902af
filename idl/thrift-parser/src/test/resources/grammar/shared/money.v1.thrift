#!/usr/bin/env thrift
# A dot in the name of a file, and no namespace for Java: `*` counts.
namespace * com.example.money

struct Money {
  1: required i64 units
  2: required string currency = "EUR"
}

enum Currency {
  EUR = 978
  USD = 840
}

const Money NOTHING = {"units": 0}

#!/usr/bin/env thrift
# A dot in the name of a file, and no namespace for Java. It also makes a diamond of includes.
include "../shared/deeper.thrift"
namespace * com.example.money

struct Money {
  1: required i64 units
  2: required string currency = "EUR"
  3: deeper.Deep deep
}

enum Currency {
  EUR = 978
  USD = 840
}

const Money NOTHING = {"units": 0}

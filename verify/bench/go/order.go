package main

import (
	"fmt"
	"reflect"

	"windhover/bench/kitex_gen/bench"
)

const (
	orderID    = 9_007_199_254_740_993
	orderItems = 3
)

// sampleOrder has all 40 fields set, to what the Java contestants send too.
func sampleOrder() *bench.Order {
	order := &bench.Order{
		Id:       orderID,
		Number:   "2026-11-25-000417",
		Version:  7,
		Express:  true,
		Total:    412.85,
		Tax:      65.92,
		Currency: "EUR-euro",
		Customer: &bench.Customer{
			Id:    7_300_000_421,
			Name:  "Augusta Byron-King",
			Email: "augusta@example.org",
			Address: &bench.Address{
				Street:   "12 St James's Square",
				City:     "Marylebone",
				Region:   "Greater London",
				Postcode: "SW1Y 4JH",
				Country:  "United Kingdom",
			},
			Vip:    true,
			Phones: []string{"+44 20 7946 0018", "+44 161 496 0123"},
		},
		ShipTo: &bench.Address{
			Street:   "5 Dorset Street, rear",
			City:     "Manchester",
			Region:   "North West England",
			Postcode: "M14 5AP, 2",
			Country:  "Great Britain",
		},
		Payment: &bench.Payment{
			Method:   "bank-transfer",
			Amount:   41_285,
			Currency: "EUR-euro",
			PaidAt:   1_795_000_200_000,
		},
		Counters:  map[string]int32{},
		Tags:      []string{"gift-wrapping", "fragile!", "insured-in-transit", "second-delivery"},
		Comment:   "leave with neighbour 14",
		CreatedAt: 1_795_000_000_000,
		UpdatedAt: 1_795_000_300_000,
		Status:    3,
		Signature: make([]byte, 32),
		Archived:  false,
	}
	for i := range orderItems {
		order.Items = append(order.Items, &bench.Item{
			Sku:      4_006_381_333_931 + int64(i),
			Title:    fmt.Sprint("Difference engine no. ", i+1),
			Quantity: int32(1 + 100*i),
			Price:    19.99 + 7.5*float64(i),
			Attributes: map[string]string{
				"material":          fmt.Sprint("brushed brass no. ", i),
				"country-of-origin": fmt.Sprint("England, lot ", i),
			},
		})
	}
	for i := range 10 {
		order.History = append(order.History, 1_795_000_000_000+60_000*int64(i))
	}
	for i := range 5 {
		order.Counters[fmt.Sprint("counter-of-step-", i)] = 1 << (6 * i)
	}
	for i := range order.Signature {
		order.Signature[i] = byte(i * 37)
	}
	return order
}

// convert returns a value as another class of the same logical struct: generators of Thrift and of
// Protobuf give the fields of bench.thrift and bench.proto the same names.
func convert[T any](from any) *T {
	to := new(T)
	convertInto(reflect.ValueOf(to).Elem(), reflect.ValueOf(from).Elem())
	return to
}

func convertInto(to, from reflect.Value) {
	switch from.Kind() {
	case reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		convertInto(to.Elem(), from.Elem())
	case reflect.Struct:
		for i := range from.NumField() {
			convertInto(to.FieldByName(from.Type().Field(i).Name), from.Field(i))
		}
	case reflect.Slice:
		to.Set(reflect.MakeSlice(to.Type(), from.Len(), from.Len()))
		for i := range from.Len() {
			convertInto(to.Index(i), from.Index(i))
		}
	default:
		to.Set(from)
	}
}

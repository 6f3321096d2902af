package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

const (
	lowestNanos       = int64(time.Microsecond)
	highestNanos      = int64(time.Minute)
	significantDigits = 3

	maxErrorsInARow = 100
	drain           = int64(10 * time.Second) // how long answers are waited for after the window
)

// load is what a `run` command asks for.
type load struct {
	work       string
	bytes      int
	callers    int
	rate       float64 // calls a second; 0: closed loop
	warmup     time.Duration
	window     time.Duration
	fromActual bool // latency counts from the sending of a call, not from when it was intended
}

func parseLoad(command string) (load, error) {
	words := strings.Fields(command)
	if len(words) == 0 || words[0] != "run" {
		return load{}, fmt.Errorf("command: %s (expected: run)", command)
	}
	values := map[string]string{}
	for _, word := range words[1:] {
		key, value, found := strings.Cut(word, "=")
		if !found {
			return load{}, fmt.Errorf("run: %s (expected: key=value)", word)
		}
		values[key] = value
	}
	var problems []error
	number := func(key string, least, most float64) float64 {
		value, err := strconv.ParseFloat(values[key], 64)
		if err != nil || !(value >= least && value <= most) {
			problems = append(problems,
				fmt.Errorf("%s: %q (expected: %.0f..%.0f)", key, values[key], least, most))
		}
		return value
	}
	choice := func(key string, choices ...string) string {
		for _, choice := range choices {
			if values[key] == choice {
				return choice
			}
		}
		problems = append(problems,
			fmt.Errorf("%s: %q (expected: %s)", key, values[key], strings.Join(choices, ", ")))
		return ""
	}
	l := load{
		work:       choice("work", "echo", "sleep", "order", "bidi", "stream"),
		bytes:      int(number("bytes", 0, 16<<20)),
		callers:    int(number("callers", 1, 100_000)),
		rate:       number("rate", 0, 1e9),
		warmup:     time.Duration(number("warmup", 0, 1e8)) * time.Millisecond,
		window:     time.Duration(number("millis", 1, 1e8)) * time.Millisecond,
		fromActual: choice("latency", "intended", "actual") == "actual",
	}
	return l, errors.Join(problems...)
}

// run is one load under way. Times are those of nanos.
type run struct {
	load
	begin int64 // of the measured window
	end   int64
	last  int64 // when answers are no longer waited for
	pace  *pace // of the open loop

	errorsInARow atomic.Int32
	firstError   atomic.Pointer[error] // of those in a row
}

// tally is what one caller counts; no other touches it before the end.
type tally struct {
	calls      int64
	errors     int64
	unfinished int64
	latencies  *hdrhistogram.Histogram
}

func newTally() *tally {
	return &tally{latencies: hdrhistogram.New(lowestNanos, highestNanos, significantDigits)}
}

func (t *tally) record(nanos int64) {
	nanos = max(lowestNanos, min(nanos, highestNanos))
	if err := t.latencies.RecordValue(nanos); err != nil {
		panic(err) // the bounds are those of the histogram
	}
}

func (t *tally) add(other *tally) {
	t.calls += other.calls
	t.errors += other.errors
	t.unfinished += other.unfinished
	t.latencies.Merge(other.latencies)
}

var epoch = time.Now()

func nanos() int64 { return int64(time.Since(epoch)) }

// runLoad makes the calls of one `run` command, and prints its three lines.
func runLoad(l load, peer stub) {
	tallies := make([]*tally, l.callers)
	for i := range tallies {
		tallies[i] = newTally()
	}
	means := make([]caller, l.callers)
	for i := range means {
		var err error
		if means[i], err = peer.caller(l.work, l.bytes); err != nil {
			fail("%v", err)
		}
	}
	r := &run{load: l}
	start := nanos()
	r.begin = start + int64(l.warmup)
	r.end = r.begin + int64(l.window)
	r.last = r.end + drain
	loop := r.closedLoop
	if l.rate > 0 {
		r.pace = newPace(start, l.rate, r.end, r.last)
		loop = r.openLoop
	}

	var callers sync.WaitGroup
	for i, tally := range tallies {
		callers.Go(func() {
			loop(means[i], tally)
			if err := means[i].end(); err != nil {
				fail("%v", err)
			}
		})
	}
	sleepUntil(r.begin)
	say("measuring")
	sleepUntil(r.end)
	say("measured")
	callers.Wait()

	total := newTally()
	for _, tally := range tallies {
		total.add(tally)
	}
	if r.pace != nil {
		for intended := range r.pace.close() {
			if r.inWindow(intended) {
				total.unfinished++
				total.record(r.last - intended)
			}
		}
	}
	say("%s", total.text(l.window))
}

func sleepUntil(instant int64) { time.Sleep(time.Duration(instant - nanos())) }

func (r *run) inWindow(instant int64) bool { return instant >= r.begin && instant < r.end }

func (r *run) closedLoop(c caller, t *tally) {
	for {
		begun := nanos()
		if begun >= r.end {
			return
		}
		err := c.call()
		now := nanos()
		r.watch(err)
		switch {
		case !r.inWindow(now):
		case err != nil:
			t.errors++
		default:
			t.calls++
			t.record(now - begun)
		}
	}
}

func (r *run) openLoop(c caller, t *tally) {
	for {
		intended, begun, more := r.pace.next()
		if !more {
			return
		}
		if !r.fromActual {
			begun = intended
		}
		err := c.call()
		now := nanos()
		r.watch(err)
		if err == nil && r.inWindow(now) {
			t.calls++
		}
		switch {
		case err != nil && r.inWindow(now):
			t.errors++
		case !r.inWindow(intended):
		case err != nil || now > r.last:
			t.unfinished++ // a timeout, for one
			t.record(min(now, r.last) - begun)
		default:
			t.record(now - begun)
		}
	}
}

// watch ends the process when nothing works any more.
func (r *run) watch(err error) {
	if err == nil {
		if r.errorsInARow.Load() != 0 {
			r.errorsInARow.Store(0)
		}
		return
	}
	count := r.errorsInARow.Add(1)
	if count == 1 {
		r.firstError.Store(&err)
	}
	if count > maxErrorsInARow {
		fail("%v", *r.firstError.Load())
	}
}

func (t *tally) text(window time.Duration) string {
	var text strings.Builder
	fmt.Fprintf(&text, "done calls=%d errors=%d unfinished=%d nanos=%d histogram=",
		t.calls, t.errors, t.unfinished, window.Nanoseconds())
	separator := ""
	for _, bar := range t.latencies.Distribution() {
		if bar.Count > 0 {
			fmt.Fprintf(&text, "%s%d:%d", separator, bar.To, bar.Count)
			separator = ","
		}
	}
	return text.String()
}

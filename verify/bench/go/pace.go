package main

import (
	"iter"
	"os"
	"sync"

	"golang.org/x/sys/unix"
)

// pace hands the calls of an open loop to its callers, each at its intended time.
//
// A caller that draws a call waits for its time with the lock held: the calls behind it are intended
// later still. It waits on a timer of the kernel, since time.Sleep rounds what is left up to a
// millisecond where nothing else is to be done.
type pace struct {
	start int64
	rate  float64
	end   int64 // no call is intended from here on
	last  int64 // no call is sent from here on

	lock  sync.Mutex
	count int64 // calls handed out; guarded by lock
	fd    int   // of the timer
	timer *os.File
}

func newPace(start int64, rate float64, end, last int64) *pace {
	fd, err := unix.TimerfdCreate(unix.CLOCK_MONOTONIC, unix.TFD_NONBLOCK|unix.TFD_CLOEXEC)
	if err != nil {
		fail("timerfd: %v", err)
	}
	timer := os.NewFile(uintptr(fd), "timerfd")
	return &pace{start: start, rate: rate, end: end, last: last, fd: fd, timer: timer}
}

func (p *pace) intended(call int64) int64 {
	return p.start + int64(float64(call)*1e9/p.rate)
}

// next waits until the next call is due, which it is at once if its time has passed.
//
// It returns the call's intended time and the present one.
func (p *pace) next() (intended, now int64, more bool) {
	p.lock.Lock()
	defer p.lock.Unlock()
	intended = p.intended(p.count)
	now = nanos()
	if intended >= p.end || now >= p.last {
		return 0, 0, false
	}
	p.count++
	for now < intended {
		p.wait(intended - now)
		now = nanos()
	}
	return intended, now, true
}

func (p *pace) wait(nanos int64) {
	once := unix.ItimerSpec{Value: unix.NsecToTimespec(nanos)}
	if err := unix.TimerfdSettime(p.fd, 0, &once, nil); err != nil {
		fail("timerfd: %v", err)
	}
	var expirations [8]byte
	if _, err := p.timer.Read(expirations[:]); err != nil {
		fail("timerfd: %v", err)
	}
}

// close returns the intended times of the calls that no caller was free for.
func (p *pace) close() iter.Seq[int64] {
	_ = p.timer.Close()
	return func(yield func(int64) bool) {
		for call := p.count; p.intended(call) < p.end && yield(p.intended(call)); call++ {
		}
	}
}

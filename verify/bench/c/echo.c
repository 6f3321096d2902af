// The echo of frames on bare epoll: the physical limit of the bench, and the load client of every
// contestant that speaks raw frames.
//
//     echo server epoll-echo PORT
//     echo client epoll-echo PORT
//
// A frame is 4 bytes of length, big-endian, and that many bytes of body. Both halves are
// single-threaded and level-triggered; they end when their standard input does.

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
  HEADER_BYTES = 4,
  MAX_BODY_BYTES = 16 << 20,
  FIRST_BUFFER_BYTES = 64 << 10,
  EVENTS = 256, // taken from epoll at a time
  BACKLOG = 4096,
  MAX_CALLERS = 100000,
  MAX_ERRORS_IN_A_ROW = 100,
  LINE_BYTES = 4096,
};

static const int64_t SECOND = 1000000000;
static const int64_t MILLISECOND = 1000000;

static int poller = -1;

// ---- Both halves ----

// Says on stdout why this process ends, and ends it.
__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  printf("error ");
  vprintf(format, arguments);
  printf("\n");
  va_end(arguments);
  fflush(stdout);
  exit(1);
}

__attribute__((format(printf, 1, 2))) static void say(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  if (putchar('\n') == EOF || fflush(stdout) != 0) {
    exit(1); // nobody listens any more
  }
}

static void *checked(void *memory) {
  if (memory == NULL) {
    fail("out of memory");
  }
  return memory;
}

static int64_t clock_nanos(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * SECOND + time.tv_nsec;
}

static void put_length(uint8_t *to, uint32_t length) {
  length = htonl(length);
  memcpy(to, &length, sizeof length);
}

static uint32_t get_length(const uint8_t *from) {
  uint32_t length;
  memcpy(&length, from, sizeof length);
  return ntohl(length);
}

static void watch(int operation, int fd, uint32_t events, void *owner) {
  struct epoll_event event = {.events = events, .data.ptr = owner};
  if (epoll_ctl(poller, operation, fd, &event) != 0) {
    fail("epoll: %s", strerror(errno));
  }
}

static bool is_transient(int error) {
  return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

// Calls wait for nobody to fill a segment.
static void set_no_delay(int fd) {
  int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static struct sockaddr_in local_address(int port) {
  return (struct sockaddr_in){
      .sin_family = AF_INET,
      .sin_port = htons((uint16_t)port),
      .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
  };
}

static void raise_open_files(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
  }
}

static double number(const char *name, const char *text, double least, double most) {
  char *end;
  errno = 0;
  double value = strtod(text, &end);
  if (errno != 0 || end == text || *end != '\0' || !(value >= least && value <= most)) {
    fail("%s: %s (expected: %.0f..%.0f)", name, text, least, most);
  }
  return value;
}

// ---- Standard input ----

static char input[LINE_BYTES];
static size_t input_bytes;

static void watch_input(void) {
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  if (epoll_ctl(poller, EPOLL_CTL_ADD, STDIN_FILENO, &event) != 0) {
    fail("standard input: %s (expected: a pipe or a terminal)", strerror(errno));
  }
}

// Reads what has arrived; ends the process at the end of input.
static void read_input(void) {
  if (input_bytes == sizeof input) {
    fail("standard input: line longer than %d bytes", LINE_BYTES);
  }
  ssize_t count = read(STDIN_FILENO, input + input_bytes, sizeof input - input_bytes);
  if (count > 0) {
    input_bytes += (size_t)count;
  } else if (count == 0 || !is_transient(errno)) {
    exit(0);
  }
}

// Moves the first whole line out of the input; false if there is none.
static bool next_line(char line[LINE_BYTES]) {
  char *end = memchr(input, '\n', input_bytes);
  if (end == NULL) {
    return false;
  }
  size_t length = (size_t)(end - input);
  memcpy(line, input, length);
  line[length] = '\0';
  input_bytes -= length + 1;
  memmove(input, end + 1, input_bytes);
  return true;
}

// ---- Server ----

// Memory for frames on their way in or out. The free ones are a stack, so that the one used last,
// which the processor still has in its caches, is used next.
struct buffer {
  uint8_t *bytes;
  size_t start;
  size_t end;
  size_t capacity;
  struct buffer *next;
};

// A connection holds a buffer only while a part of a frame has been read, or has yet to be written.
// It is read again once all has been written, so that a peer that does not read cannot fill memory.
struct connection {
  int fd;
  struct buffer *in;
  struct buffer *out;
};

static struct buffer *free_buffers;

static struct buffer *take_buffer(void) {
  struct buffer *buffer = free_buffers;
  if (buffer != NULL) {
    free_buffers = buffer->next;
    return buffer;
  }
  buffer = checked(calloc(1, sizeof *buffer));
  buffer->capacity = FIRST_BUFFER_BYTES;
  buffer->bytes = checked(malloc(buffer->capacity));
  return buffer;
}

static void release_buffer(struct buffer **slot) {
  struct buffer *buffer = *slot;
  if (buffer != NULL) {
    buffer->start = 0;
    buffer->end = 0;
    buffer->next = free_buffers;
    free_buffers = buffer;
    *slot = NULL;
  }
}

static void reserve(struct buffer *buffer, size_t capacity) {
  if (buffer->capacity < capacity) {
    buffer->bytes = checked(realloc(buffer->bytes, capacity));
    buffer->capacity = capacity;
  }
}

static void close_connection(struct connection *connection) {
  release_buffer(&connection->in);
  release_buffer(&connection->out);
  close(connection->fd);
  free(connection);
}

static void accept_connections(int listener) {
  for (;;) {
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
      if (is_transient(errno) || errno == ECONNABORTED) {
        return;
      }
      fail("accept: %s", strerror(errno));
    }
    set_no_delay(fd);
    struct connection *connection = checked(calloc(1, sizeof *connection));
    connection->fd = fd;
    watch(EPOLL_CTL_ADD, fd, EPOLLIN, connection);
  }
}

// Reads what has arrived. The buffer grows with the bytes that came, never with a length announced.
// Returns false if the peer has closed.
static bool receive(struct connection *connection) {
  if (connection->in == NULL) {
    connection->in = take_buffer();
  }
  struct buffer *in = connection->in;
  size_t before = in->end;
  for (;;) {
    if (in->end == in->capacity) {
      size_t most = HEADER_BYTES + (size_t)MAX_BODY_BYTES;
      reserve(in, 2 * in->capacity < most ? 2 * in->capacity : most);
    }
    size_t space = in->capacity - in->end;
    ssize_t count = read(connection->fd, in->bytes + in->end, space);
    if (count <= 0) {
      return in->end > before || (count < 0 && is_transient(errno)); // an end is told again
    }
    in->end += (size_t)count;
    if ((size_t)count < space || in->capacity > MAX_BODY_BYTES) {
      return true;
    }
  }
}

// Copies each whole frame that was read into a new one, and keeps the rest.
// Returns false if a length is out of range.
static bool answer(struct connection *connection) {
  struct buffer *in = connection->in;
  while (in->end - in->start >= HEADER_BYTES) {
    uint32_t length = get_length(in->bytes + in->start);
    if (length > MAX_BODY_BYTES) {
      return false;
    }
    size_t frame_bytes = HEADER_BYTES + (size_t)length;
    if (in->end - in->start < frame_bytes) {
      break;
    }
    if (connection->out == NULL) {
      connection->out = take_buffer();
    }
    struct buffer *out = connection->out;
    reserve(out, out->end + frame_bytes);
    put_length(out->bytes + out->end, length);
    memcpy(out->bytes + out->end + HEADER_BYTES, in->bytes + in->start + HEADER_BYTES, length);
    out->end += frame_bytes;
    in->start += frame_bytes;
  }
  if (in->start == in->end) {
    release_buffer(&connection->in);
  } else if (in->start > 0) {
    in->end -= in->start;
    memmove(in->bytes, in->bytes + in->start, in->end);
    in->start = 0;
  }
  return true;
}

// Writes as much as the socket takes. Returns false if the connection has failed.
static bool transmit(struct connection *connection) {
  struct buffer *out = connection->out;
  ssize_t count =
      send(connection->fd, out->bytes + out->start, out->end - out->start, MSG_NOSIGNAL);
  if (count < 0) {
    return is_transient(errno);
  }
  out->start += (size_t)count;
  if (out->start == out->end) {
    release_buffer(&connection->out);
  }
  return true;
}

static bool serve(struct connection *connection) {
  if (connection->out != NULL) {
    if (!transmit(connection)) {
      return false;
    }
    if (connection->out == NULL) {
      watch(EPOLL_CTL_MOD, connection->fd, EPOLLIN, connection);
    }
    return true;
  }
  if (!receive(connection) || !answer(connection)) {
    return false;
  }
  if (connection->out == NULL) {
    return true;
  }
  if (!transmit(connection)) {
    return false;
  }
  if (connection->out != NULL) {
    watch(EPOLL_CTL_MOD, connection->fd, EPOLLOUT, connection);
  }
  return true;
}

static int listen_on(int port) {
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  int on = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = local_address(port);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
      listen(listener, BACKLOG) != 0) {
    fail("port %d: %s", port, strerror(errno));
  }
  socklen_t length = sizeof address;
  getsockname(listener, (struct sockaddr *)&address, &length);
  say("ready %d", ntohs(address.sin_port));
  return listener;
}

static void run_server(int port) {
  int listener = listen_on(port);
  watch(EPOLL_CTL_ADD, listener, EPOLLIN, &listener);
  for (;;) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(poller, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
      void *owner = events[i].data.ptr;
      if (owner == &listener) {
        accept_connections(listener);
      } else if (owner != NULL) {
        if (!serve(owner)) {
          close_connection(owner);
        }
      } else {
        read_input();
        char line[LINE_BYTES];
        while (next_line(line)) {
          if (strcmp(line, "stats") != 0) {
            fail("command: %s (expected: stats)", line);
          }
          say("stats 0"); // a C program has no collected heap
        }
      }
    }
  }
}

// ---- Histogram of the client ----

// As HdrHistogram: each power of two is divided into 1,024 buckets, so that a value is known within
// a thousandth. Below 2,048 a bucket is one nanosecond wide.
enum {
  SUB_BUCKET_BITS = 10,
  SUB_BUCKETS = 1 << SUB_BUCKET_BITS,
  BUCKETS = (36 - SUB_BUCKET_BITS + 1) * SUB_BUCKETS, // the highest value has 36 bits
};

static const int64_t LOWEST_NANOS = 1000;
static const int64_t HIGHEST_NANOS = 60 * 1000000000LL;

static int64_t histogram[BUCKETS];

static void record(int64_t nanos) {
  uint64_t value = (uint64_t)(nanos < LOWEST_NANOS    ? LOWEST_NANOS
                              : nanos > HIGHEST_NANOS ? HIGHEST_NANOS
                                                      : nanos);
  int magnitude = 63 - __builtin_clzll(value);
  int shift = magnitude > SUB_BUCKET_BITS ? magnitude - SUB_BUCKET_BITS : 0;
  histogram[((uint64_t)shift << SUB_BUCKET_BITS) + (value >> shift)]++;
}

// The highest value of a bucket.
static int64_t bucket_nanos(int bucket) {
  int shift = bucket < 2 * SUB_BUCKETS ? 0 : (bucket >> SUB_BUCKET_BITS) - 1;
  int64_t lowest = (int64_t)(bucket - (shift << SUB_BUCKET_BITS)) << shift;
  int64_t highest = lowest + (1LL << shift) - 1;
  return highest < HIGHEST_NANOS ? highest : HIGHEST_NANOS;
}

// ---- Client ----

// One connection. A call is under way on it from its intended time on; it has one at most.
struct caller {
  int fd;
  bool busy;
  bool in_write; // the socket has not taken the whole request yet
  size_t sent;
  size_t received;
  uint8_t header[HEADER_BYTES];
  int64_t begun; // where the latency of this call is counted from
  int64_t intended;
};

struct load {
  bool pipelined;
  size_t bytes;
  int callers;
  double rate; // calls a second; 0: closed loop
  int64_t warmup;
  int64_t window;
  bool from_actual;
};

static struct caller *callers;
static int connected; // callers that have a connection
static int server_port;
static uint8_t *request;
static size_t request_bytes;

// The run under way.
static struct load load;
static int64_t start;
static int64_t window_begin;
static int64_t window_end;
static int64_t now; // as last read
static int64_t calls;
static int64_t errors;
static int errors_in_a_row;
static int busy_callers;
static int64_t all_calls; // open loop: how many are intended before the end of the window
static int64_t next_call; // open loop: the number of the next call to send
static int *free_callers; // open loop: a ring, whoever waits longest is first
static int first_free;
static int free_count;

static int64_t intended_time(int64_t call) {
  return start + (int64_t)((double)call * 1e9 / load.rate);
}

static bool in_window(int64_t time) { return time >= window_begin && time < window_end; }

static void make_request(size_t body_bytes) {
  request_bytes = HEADER_BYTES + body_bytes;
  request = checked(realloc(request, request_bytes));
  put_length(request, (uint32_t)body_bytes);
  for (size_t i = 0; i < body_bytes; i++) {
    request[HEADER_BYTES + i] = (uint8_t)('a' + i % 26);
  }
}

static int dial(void) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) {
    fail("socket: %s", strerror(errno));
  }
  struct sockaddr_in address = local_address(server_port);
  if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
    fail("connect to port %d: %s", server_port, strerror(errno));
  }
  set_no_delay(fd);
  return fd;
}

// Writes what is left of the request.
static void transmit_request(struct caller *caller) {
  ssize_t count =
      send(caller->fd, request + caller->sent, request_bytes - caller->sent,
           MSG_NOSIGNAL | MSG_DONTWAIT);
  if (count >= 0) {
    caller->sent += (size_t)count;
  } else if (!is_transient(errno)) {
    fail("connection: %s", strerror(errno));
  }
  bool in_write = caller->sent < request_bytes;
  if (in_write != caller->in_write) {
    caller->in_write = in_write;
    watch(EPOLL_CTL_MOD, caller->fd, in_write ? EPOLLIN | EPOLLOUT : EPOLLIN, caller);
  }
}

static void begin_call(struct caller *caller, int64_t intended) {
  caller->busy = true;
  caller->sent = 0;
  caller->received = 0;
  caller->begun = load.from_actual ? now : intended;
  caller->intended = intended;
  busy_callers++;
  transmit_request(caller);
}

static void free_caller(struct caller *caller) {
  free_callers[(first_free + free_count) % load.callers] = (int)(caller - callers);
  free_count++;
}

// Takes the reply that has just been read, at `now`.
static void end_call(struct caller *caller) {
  caller->busy = false;
  busy_callers--;
  if (caller->received == request_bytes) {
    errors_in_a_row = 0;
    calls += in_window(now);
    if (in_window(load.rate > 0 ? caller->intended : now)) {
      record(now - caller->begun);
    }
  } else {
    errors += in_window(now);
    if (++errors_in_a_row > MAX_ERRORS_IN_A_ROW) {
      fail("reply: %zu bytes (expected: %zu)", caller->received - HEADER_BYTES,
           request_bytes - HEADER_BYTES);
    }
  }
  if (load.rate > 0) {
    free_caller(caller);
  } else if (now < window_end) {
    now = clock_nanos();
    begin_call(caller, now);
  }
}

// Reads a part of the reply, of which only the length is kept. Returns whether the call ended.
static bool receive_reply(struct caller *caller) {
  static uint8_t scratch[256 << 10];
  ssize_t count = recv(caller->fd, scratch, sizeof scratch, MSG_DONTWAIT);
  if (count < 0 && is_transient(errno)) {
    return false;
  }
  if (count <= 0) {
    fail("connection: %s", count == 0 ? "closed by the server" : strerror(errno));
  }
  if (!caller->busy || caller->sent < request_bytes) {
    fail("connection: a reply before the request");
  }
  for (ssize_t i = 0; i < count && caller->received + (size_t)i < HEADER_BYTES; i++) {
    caller->header[caller->received + (size_t)i] = scratch[i];
  }
  caller->received += (size_t)count;
  if (caller->received < HEADER_BYTES) {
    return false;
  }
  size_t frame_bytes = HEADER_BYTES + (size_t)get_length(caller->header);
  if (caller->received > frame_bytes || frame_bytes > HEADER_BYTES + (size_t)MAX_BODY_BYTES) {
    fail("connection: frame length %zu, %zu bytes came", frame_bytes, caller->received);
  }
  if (caller->received < frame_bytes) {
    return false;
  }
  now = clock_nanos();
  end_call(caller);
  return true;
}

// Opens connections until there are `count`, and replaces those on which a reply is still to come.
static void connect_callers(int count) {
  if (count > connected) {
    // Pollers know callers by address, which the larger array changes.
    callers = checked(realloc(callers, (size_t)count * sizeof *callers));
    free_callers = checked(realloc(free_callers, (size_t)count * sizeof *free_callers));
    for (int i = 0; i < connected; i++) {
      watch(EPOLL_CTL_MOD, callers[i].fd, EPOLLIN, &callers[i]);
      callers[i].in_write = false;
    }
  }
  for (int i = 0; i < count || i < connected; i++) {
    if (i < connected && !callers[i].busy) {
      continue;
    }
    if (i < connected) {
      close(callers[i].fd);
    }
    callers[i] = (struct caller){.fd = dial()};
    watch(EPOLL_CTL_ADD, callers[i].fd, EPOLLIN, &callers[i]);
  }
  connected = count > connected ? count : connected;
}

// Sends the calls that are due, as long as callers are free. A call that waits for one keeps its
// intended time.
static void send_due_calls(void) {
  now = clock_nanos();
  while (free_count > 0 && next_call < all_calls && intended_time(next_call) <= now) {
    struct caller *caller = &callers[free_callers[first_free]];
    first_free = (first_free + 1) % load.callers;
    free_count--;
    begin_call(caller, intended_time(next_call++));
    now = clock_nanos();
  }
}

// Waits until `until` at the latest, and handles what has happened.
static void handle_events(int64_t until) {
  int64_t wait = until > now ? until - now : 0;
  struct timespec timeout = {.tv_sec = wait / SECOND, .tv_nsec = wait % SECOND};
  struct epoll_event events[EVENTS];
  int count = epoll_pwait2(poller, events, EVENTS, &timeout, NULL);
  if (count < 0 && errno != EINTR) {
    fail("epoll_pwait2: %s", strerror(errno));
  }
  bool clock_was_read = false;
  for (int i = 0; i < count; i++) {
    struct caller *caller = events[i].data.ptr;
    if (caller == NULL) {
      read_input();
    } else if ((events[i].events & EPOLLOUT) != 0 && caller->in_write) {
      transmit_request(caller);
    } else {
      clock_was_read |= receive_reply(caller);
    }
  }
  if (!clock_was_read) {
    now = clock_nanos();
  }
}

// Runs the load from `start` until each call has been answered, or 10 s after the window.
static void run_loop(void) {
  enum { WARMUP, WINDOW, DRAIN } stage = WARMUP;
  int64_t last = window_end + 10 * SECOND;
  if (load.rate > 0) {
    all_calls = (int64_t)((double)(window_end - start) * load.rate / 1e9) + 1;
    while (all_calls > 0 && intended_time(all_calls - 1) >= window_end) {
      all_calls--;
    }
    for (int i = 0; i < load.callers; i++) {
      free_caller(&callers[i]);
    }
  } else {
    for (int i = 0; i < load.callers; i++) {
      now = clock_nanos();
      begin_call(&callers[i], now);
    }
  }
  for (;;) {
    if (load.rate > 0) {
      send_due_calls();
    }
    if (stage == WARMUP && now >= window_begin) {
      say("measuring");
      stage = WINDOW;
    }
    if (stage == WINDOW && now >= window_end) {
      say("measured");
      stage = DRAIN;
    }
    if (stage == DRAIN && (now >= last || (busy_callers == 0 && next_call >= all_calls))) {
      break;
    }
    int64_t until = stage == WARMUP ? window_begin : stage == WINDOW ? window_end : last;
    if (free_count > 0 && next_call < all_calls && intended_time(next_call) < until) {
      until = intended_time(next_call);
    }
    handle_events(until);
  }
}

// Counts the calls of the open loop that nobody has answered, with their latency so far.
static int64_t record_unanswered(void) {
  int64_t unanswered = 0;
  for (int i = 0; load.rate > 0 && i < load.callers; i++) {
    if (callers[i].busy && in_window(callers[i].intended)) {
      record(now - callers[i].begun);
      unanswered++;
    }
  }
  for (; next_call < all_calls; next_call++) { // these have not even been sent
    if (in_window(intended_time(next_call))) {
      record(now - intended_time(next_call));
      unanswered++;
    }
  }
  return unanswered;
}

// ---- Client, pipelined ----

enum {
  DEPTH = 32, // calls under way on each connection
  SLOT_BYTES = 4,
};

// A connection with several calls under way. Each call has a slot, whose number stands first in the
// body, since replies may come in any order.
struct pipeline {
  int fd;
  uint8_t *in;
  size_t in_bytes;
  uint8_t *out;
  size_t out_bytes;
  bool in_write;
  bool busy[DEPTH];
  int64_t begun[DEPTH];
};

static struct pipeline *pipelines;
static int pipeline_count;

static void send_slot(struct pipeline *pipeline, uint32_t slot) {
  uint8_t *frame = pipeline->out + pipeline->out_bytes;
  memcpy(frame, request, request_bytes);
  put_length(frame + HEADER_BYTES, slot);
  pipeline->out_bytes += request_bytes;
  pipeline->busy[slot] = true;
  pipeline->begun[slot] = now;
  busy_callers++;
}

static void transmit_slots(struct pipeline *pipeline) {
  ssize_t count =
      send(pipeline->fd, pipeline->out, pipeline->out_bytes, MSG_NOSIGNAL | MSG_DONTWAIT);
  if (count < 0 && !is_transient(errno)) {
    fail("connection: %s", strerror(errno));
  }
  if (count > 0) {
    pipeline->out_bytes -= (size_t)count;
    memmove(pipeline->out, pipeline->out + count, pipeline->out_bytes);
  }
  bool in_write = pipeline->out_bytes > 0;
  if (in_write != pipeline->in_write) {
    pipeline->in_write = in_write;
    watch(EPOLL_CTL_MOD, pipeline->fd, in_write ? EPOLLIN | EPOLLOUT : EPOLLIN, pipeline);
  }
}

static void take_slot(struct pipeline *pipeline, const uint8_t *frame) {
  uint32_t slot = get_length(frame + HEADER_BYTES);
  if (HEADER_BYTES + (size_t)get_length(frame) != request_bytes || slot >= DEPTH ||
      !pipeline->busy[slot]) {
    fail("reply: %u bytes for slot %u", get_length(frame), slot);
  }
  pipeline->busy[slot] = false;
  busy_callers--;
  if (in_window(now)) {
    calls++;
    record(now - pipeline->begun[slot]);
  }
  if (now < window_end) {
    send_slot(pipeline, slot);
  }
}

static void receive_slots(struct pipeline *pipeline) {
  ssize_t count = recv(pipeline->fd, pipeline->in + pipeline->in_bytes,
                       DEPTH * request_bytes - pipeline->in_bytes, MSG_DONTWAIT);
  if (count < 0 && is_transient(errno)) {
    return;
  }
  if (count <= 0) {
    fail("connection: %s", count == 0 ? "closed by the server" : strerror(errno));
  }
  pipeline->in_bytes += (size_t)count;
  now = clock_nanos();
  size_t taken = 0;
  for (; pipeline->in_bytes - taken >= request_bytes; taken += request_bytes) {
    take_slot(pipeline, pipeline->in + taken);
  }
  pipeline->in_bytes -= taken;
  memmove(pipeline->in, pipeline->in + taken, pipeline->in_bytes);
  transmit_slots(pipeline);
}

static void open_pipelines(void) {
  pipeline_count = load.callers / DEPTH;
  if (pipeline_count * DEPTH != load.callers || load.bytes < SLOT_BYTES || load.rate > 0) {
    fail("pipeline: %d callers, %zu bytes, rate %.0f (expected: a multiple of %d, >= %d, 0)",
         load.callers, load.bytes, load.rate, DEPTH, SLOT_BYTES);
  }
  pipelines = checked(calloc((size_t)pipeline_count, sizeof *pipelines));
  for (int i = 0; i < pipeline_count; i++) {
    struct pipeline *pipeline = &pipelines[i];
    pipeline->fd = dial();
    pipeline->in = checked(malloc(DEPTH * request_bytes));
    pipeline->out = checked(malloc(DEPTH * request_bytes));
    watch(EPOLL_CTL_ADD, pipeline->fd, EPOLLIN, pipeline);
  }
}

static void close_pipelines(void) {
  for (int i = 0; i < pipeline_count; i++) {
    close(pipelines[i].fd);
    free(pipelines[i].in);
    free(pipelines[i].out);
  }
  free(pipelines);
}

// Runs a closed loop until the window ends and each call has been answered, or 10 s longer.
static void run_pipelines(void) {
  for (int i = 0; i < pipeline_count; i++) {
    for (uint32_t slot = 0; slot < DEPTH; slot++) {
      now = clock_nanos();
      send_slot(&pipelines[i], slot);
    }
    transmit_slots(&pipelines[i]);
  }
  bool measuring = false;
  bool measured = false;
  while (!measured || (busy_callers > 0 && now < window_end + 10 * SECOND)) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(poller, events, EVENTS, 100);
    now = clock_nanos();
    for (int i = 0; i < count; i++) {
      struct pipeline *pipeline = events[i].data.ptr;
      if (pipeline == NULL) {
        read_input();
        continue;
      }
      if ((events[i].events & EPOLLOUT) != 0 && pipeline->in_write) {
        transmit_slots(pipeline);
      }
      if ((events[i].events & EPOLLIN) != 0) {
        receive_slots(pipeline);
      }
    }
    if (!measuring && now >= window_begin) {
      say("measuring");
      measuring = true;
    }
    if (measuring && !measured && now >= window_end) {
      say("measured");
      measured = true;
    }
  }
}

// ---- Client, commands ----

static void run_load(void) {
  make_request(load.bytes);
  if (load.pipelined) {
    open_pipelines();
  } else {
    connect_callers(load.callers);
  }
  memset(histogram, 0, sizeof histogram);
  calls = errors = errors_in_a_row = busy_callers = 0;
  all_calls = next_call = first_free = free_count = 0;
  start = now = clock_nanos();
  window_begin = start + load.warmup;
  window_end = window_begin + load.window;
  int64_t unfinished = 0;
  if (load.pipelined) {
    run_pipelines();
    close_pipelines();
  } else {
    run_loop();
    unfinished = record_unanswered();
  }
  printf("done calls=%lld errors=%lld unfinished=%lld nanos=%lld histogram=", (long long)calls,
         (long long)errors, (long long)unfinished, (long long)load.window);
  const char *separator = "";
  for (int i = 0; i < BUCKETS; i++) {
    if (histogram[i] > 0) {
      printf("%s%lld:%lld", separator, (long long)bucket_nanos(i), (long long)histogram[i]);
      separator = ",";
    }
  }
  say("%s", "");
}

// Reads `run key=value ...` into `load`.
static void parse_run(char *line) {
  enum { BYTES = 1, CALLERS = 2, RATE = 4, WARM = 8, MILLIS = 16, LATENCY = 32, WORK = 64 };
  int seen = 0;
  char *rest;
  char *word = strtok_r(line, " \r", &rest);
  if (word == NULL || strcmp(word, "run") != 0) {
    fail("command: %s (expected: run)", word == NULL ? "" : word);
  }
  while ((word = strtok_r(NULL, " \r", &rest)) != NULL) {
    char *value = strchr(word, '=');
    if (value == NULL) {
      fail("run: %s (expected: key=value)", word);
    }
    *value++ = '\0';
    if (strcmp(word, "work") == 0) {
      load.pipelined = strcmp(value, "pipeline") == 0;
      if (!load.pipelined && strcmp(value, "echo") != 0) {
        fail("work: %s (expected: echo or pipeline)", value);
      }
      seen |= WORK;
    } else if (strcmp(word, "bytes") == 0) {
      load.bytes = (size_t)number(word, value, 0, MAX_BODY_BYTES);
      seen |= BYTES;
    } else if (strcmp(word, "callers") == 0) {
      load.callers = (int)number(word, value, 1, MAX_CALLERS);
      seen |= CALLERS;
    } else if (strcmp(word, "rate") == 0) {
      load.rate = number(word, value, 0, 1e9);
      seen |= RATE;
    } else if (strcmp(word, "warmup") == 0) {
      load.warmup = (int64_t)number(word, value, 0, 1e8) * MILLISECOND;
      seen |= WARM;
    } else if (strcmp(word, "millis") == 0) {
      load.window = (int64_t)number(word, value, 1, 1e8) * MILLISECOND;
      seen |= MILLIS;
    } else if (strcmp(word, "latency") == 0) {
      load.from_actual = strcmp(value, "actual") == 0;
      if (!load.from_actual && strcmp(value, "intended") != 0) {
        fail("latency: %s (expected: intended or actual)", value);
      }
      seen |= LATENCY;
    } else {
      fail("run: unknown key %s", word);
    }
  }
  if (seen != 2 * WORK - 1) {
    fail("run: keys missing (expected: work bytes callers rate warmup millis latency)");
  }
}

// One blocking call of 64 bytes, whose reply must equal the request.
static void make_first_call(void) {
  make_request(64);
  int fd = dial();
  struct timeval patience = {.tv_sec = 10};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (send(fd, request, request_bytes, MSG_NOSIGNAL) != (ssize_t)request_bytes) {
    fail("first call: %s", strerror(errno));
  }
  uint8_t reply[HEADER_BYTES + 64];
  ssize_t count = recv(fd, reply, sizeof reply, MSG_WAITALL);
  if (count < 0) {
    fail("first call: %s", strerror(errno));
  }
  if ((size_t)count != request_bytes || memcmp(reply, request, request_bytes) != 0) {
    fail("first call: the reply differs from the request");
  }
  close(fd);
}

static void run_client(int port) {
  server_port = port;
  prctl(PR_SET_TIMERSLACK, 1); // a call that waits for its time is not to be 50 us late
  make_first_call();
  say("ready 0");
  for (;;) {
    char line[LINE_BYTES];
    while (next_line(line)) {
      parse_run(line);
      run_load();
    }
    now = clock_nanos();
    handle_events(now + SECOND);
  }
}

int main(int count, char **arguments) {
  if (count != 4 ||
      (strcmp(arguments[1], "server") != 0 && strcmp(arguments[1], "client") != 0)) {
    fail("usage: echo server|client epoll-echo PORT");
  }
  if (strcmp(arguments[2], "epoll-echo") != 0) {
    fail("unknown contestant: %s (expected: epoll-echo)", arguments[2]);
  }
  bool is_server = arguments[1][0] == 's';
  int port = (int)number("port", arguments[3], is_server ? 0 : 1, 65535);
  raise_open_files();
  poller = epoll_create1(EPOLL_CLOEXEC);
  watch_input();
  if (is_server) {
    run_server(port);
  } else {
    run_client(port);
  }
}

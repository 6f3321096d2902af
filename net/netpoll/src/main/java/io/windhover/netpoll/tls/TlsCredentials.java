package io.windhover.netpoll.tls;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/// Keys, trusted authorities and revocation lists, read from files and read again when those
/// change.
///
/// There is no thread for that: a handshake that finds the last look more than 5 s ago looks at the
/// files first. So a new certificate is in use 5 s after it was put there; connections that exist
/// are left alone. If what is there cannot be used (half written, key and certificate of different
/// age, expired), the old stays in use and a WARNING says why, once for each change.
///
/// Any thread; made by [#builder], for as many connections and options as one likes.
public final class TlsCredentials {

  private static final System.Logger LOG = System.getLogger(TlsCredentials.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
  private static final int MAX_FILE_BYTES = 4 << 20; // no certificates, if it is larger

  private final CredentialFiles files;
  private final LongSupplier nanoClock;
  private volatile SSLContext context;
  private volatile long lookedNanos;

  private final ReentrantLock lock = new ReentrantLock(); // held while looking; guards:
  private Map<Path, String> used;
  private Map<Path, String> refused = Map.of();

  private TlsCredentials(CredentialFiles files, LongSupplier nanoClock) throws IOException {
    this.files = files;
    this.nanoClock = nanoClock;
    this.lookedNanos = nanoClock.getAsLong();
    var look = new Look(files.all());
    var loaded = files.load(look::content);
    this.context = loaded.context();
    this.used = look.digests;
    try {
      checkDates(loaded.leaves());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0}", e.getMessage());
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  boolean hasKey() {
    return !files.keys().isEmpty();
  }

  boolean hasTrust() {
    return !files.trust().isEmpty();
  }

  /// Returns what is to be used now, after a look at the files if one is due.
  SSLContext current() {
    if (isDue() && lock.tryLock()) { // who comes meanwhile does not wait
      try {
        if (isDue()) {
          lookedNanos = nanoClock.getAsLong();
          look();
        }
      } finally {
        lock.unlock();
      }
    }
    return context;
  }

  private boolean isDue() {
    return nanoClock.getAsLong() - lookedNanos >= LOOK_EVERY.toNanos();
  }

  private void look() {
    var look = new Look(files.all());
    if (look.digests.equals(used)) {
      return;
    }
    try {
      var loaded = files.load(look::content);
      checkDates(loaded.leaves());
      context = loaded.context();
      used = look.digests;
      LOG.log(Level.INFO, "TLS credentials have changed: {0}", files.all());
    } catch (IOException
        | RuntimeException e) { // perhaps not for long: not valid yet, half written
      if (!look.digests.equals(refused)) {
        refused = look.digests;
        LOG.log(
            Level.WARNING,
            "TLS credentials have changed, but the old stay in use: {0}",
            e.getMessage());
      }
    }
  }

  private static void checkDates(List<X509Certificate> leaves) throws IOException {
    for (var leaf : leaves) {
      try {
        leaf.checkValidity();
      } catch (CertificateExpiredException | CertificateNotYetValidException e) {
        throw new IOException(
            "the certificate of %s is valid from %s to %s only"
                .formatted(
                    leaf.getSubjectX500Principal(),
                    leaf.getNotBefore().toInstant(),
                    leaf.getNotAfter().toInstant()),
            e);
      }
    }
  }

  /// The files as they were at one moment.
  private static final class Look {
    final Map<Path, String> digests = new HashMap<>();
    private final Map<Path, byte[]> contents = new HashMap<>();
    private final Map<Path, IOException> failures = new HashMap<>();

    Look(List<Path> paths) {
      for (var path : paths) {
        try {
          var content = read(path);
          contents.put(path, content);
          digests.put(path, HexFormat.of().formatHex(sha256().digest(content)));
        } catch (IOException e) {
          failures.put(path, e);
          digests.put(path, "unreadable");
        }
      }
    }

    private static byte[] read(Path path) throws IOException {
      try (var in = Files.newInputStream(path)) {
        byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
        if (content.length > MAX_FILE_BYTES) {
          throw new IOException("more than 4 MiB: these are no certificates");
        }
        return content;
      }
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e); // every Java has it
      }
    }

    byte[] content(Path path) throws IOException {
      var content = contents.get(path);
      if (content == null) {
        var failure = failures.get(path);
        throw new IOException(path + ": cannot be read: " + failure, failure);
      }
      return content;
    }
  }

  /// Collects files. With none at all: a client that trusts the authorities of the JDK and shows no
  /// certificate.
  public static final class Builder {
    private final List<CredentialFiles.Key> keys = new ArrayList<>();
    private final List<CredentialFiles.Trust> trust = new ArrayList<>();
    private final List<Path> revocationLists = new ArrayList<>();
    private LongSupplier nanoClock = System::nanoTime;

    private Builder() {}

    /// Adds a key. A server with several chooses by the host that the client asks for.
    ///
    /// @param chain PEM: this side's certificate first, then those between it and the authority
    /// @param key PEM: the private key in PKCS8, not encrypted
    public Builder key(Path chain, Path key) {
      keys.add(new CredentialFiles.PemKey(chain, key));
      return this;
    }

    /// Adds the keys of a PKCS12 file.
    public Builder keyPkcs12(Path file, String password) {
      keys.add(pkcs12(file, password));
      return this;
    }

    /// Adds authorities, which then count instead of the JDK's.
    ///
    /// @param file PEM
    public Builder trust(Path file) {
      trust.add(new CredentialFiles.PemTrust(file));
      return this;
    }

    /// Adds the trusted certificates of a PKCS12 file, which then count instead of the JDK's.
    public Builder trustPkcs12(Path file, String password) {
      trust.add(pkcs12(file, password));
      return this;
    }

    /// Adds lists of certificates that count no more. With any, each authority on the way to a
    /// peer's certificate needs a list that is not outdated.
    ///
    /// @param file PEM
    public Builder revocationList(Path file) {
      revocationLists.add(file);
      return this;
    }

    /// Sets the clock that tells when to look at the files: `System.nanoTime`, but in tests.
    public Builder nanoClock(LongSupplier nanoClock) {
      this.nanoClock = nanoClock;
      return this;
    }

    private static CredentialFiles.Pkcs12 pkcs12(Path file, String password) {
      return new CredentialFiles.Pkcs12(
          file, new KeyStore.PasswordProtection(password.toCharArray()));
    }

    /// Reads the files.
    ///
    /// @throws IOException if anything is missing, cannot be understood or does not fit together;
    ///   its message names the file
    public TlsCredentials load() throws IOException {
      return new TlsCredentials(new CredentialFiles(keys, trust, revocationLists), nanoClock);
    }
  }
}

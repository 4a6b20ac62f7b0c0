// A terminal that speaks the JVM's own TLS, twice: with the box, and through the box with the cloud. What it prints is the cloud's answer.
//   java TunnelClient.java ADDRESS PORT PROXY_NAME PROXY_CA OWN.p12 CLOUD_NAME CLOUD_PORT CLOUD_CA CLINICS.p12 PATH
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

public class TunnelClient {
  private static final char[] PASSWORD = "password".toCharArray();

  static SSLContext context(String ca, String own) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream file = Files.newInputStream(Path.of(ca))) {
      int number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file))
        trusted.setCertificateEntry("ca" + number++, certificate);
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(Path.of(own))) {
      keys.load(file, PASSWORD);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    shown.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /// TLS over what is there, with the name that the peer's certificate must carry.
  static SSLSocket over(Socket below, SSLContext context, String name, int port) throws Exception {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(below, name, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  static void say(Socket socket, String words) throws Exception {
    socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  static String head(Socket socket) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int octet = socket.getInputStream().read();
      if (octet < 0) break;
      head.append((char) octet);
    }
    return head.toString();
  }

  public static void main(String[] args) throws Exception {
    SSLSocket box = over(new Socket(args[0], Integer.parseInt(args[1])), context(args[3], args[4]), args[2], Integer.parseInt(args[1]));
    String cloud = args[5] + ":" + args[6];
    say(box, "CONNECT " + cloud + " HTTP/1.1\r\nHost: " + cloud + "\r\n\r\n");
    String answer = head(box);
    if (!answer.startsWith("HTTP/1.1 200 ")) throw new IllegalStateException(answer);
    SSLSocket inner = over(box, context(args[7], args[8]), args[5], Integer.parseInt(args[6]));
    say(inner, "GET " + args[9] + " HTTP/1.1\r\nHost: " + args[5] + "\r\nConnection: close\r\n\r\n");
    System.out.write(inner.getInputStream().readAllBytes());
    System.out.flush();
  }
}

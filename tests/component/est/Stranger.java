// BouncyCastle as an EST client: asks for the authorities, enrols with a ticket, and prints what it was given.
//
//     java -cp ... Stranger.java PORT TICKET ANCHOR

import java.io.FileInputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.est.CSRRequestResponse;
import org.bouncycastle.est.EnrollmentResponse;
import org.bouncycastle.est.ESTException;
import org.bouncycastle.est.ESTService;
import org.bouncycastle.est.jcajce.JcaHttpAuthBuilder;
import org.bouncycastle.est.jcajce.JcaJceUtils;
import org.bouncycastle.est.jcajce.JsseESTServiceBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

public class Stranger {
  public static void main(String[] words) throws Exception {
    Security.addProvider(new BouncyCastleProvider());
    X509Certificate anchor = (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new FileInputStream(words[2]));
    Set<TrustAnchor> anchors = Set.of(new TrustAnchor(anchor, null));
    ESTService service =
        new JsseESTServiceBuilder("localhost:" + words[0], JcaJceUtils.getCertPathTrustManager(anchors, null))
            .withTimeout(20_000)
            .build();
    for (Object each : service.getCACerts().getCertificateStore().getMatches(null))
      System.out.println("authority " + ((X509CertificateHolder) each).getSubject());
    CSRRequestResponse attributes = service.getCSRAttributes();
    System.out.println("attributes " + attributes.getAttributesResponse().getRequirements().size());
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = keys.generateKeyPair();
    PKCS10CertificationRequest request =
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=whatever it likes"), pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    System.out.println("with a ticket: " + enrol(service, request, words[1]));
    System.out.println("with another: " + enrol(service, request, "another"));
  }

  private static String enrol(ESTService service, PKCS10CertificationRequest request, String ticket) throws Exception {
    try {
      EnrollmentResponse answer =
          service.simpleEnroll(false, request, new JcaHttpAuthBuilder("ticket", ticket.toCharArray()).build());
      X509CertificateHolder issued = (X509CertificateHolder) answer.getStore().getMatches(null).iterator().next();
      boolean ours = issued.getSubjectPublicKeyInfo().equals(request.getSubjectPublicKeyInfo());
      return issued.getSubject() + (ours ? "" : ", and it is not ours");
    } catch (ESTException refused) {
      return "refused " + refused.getStatusCode();
    }
  }
}

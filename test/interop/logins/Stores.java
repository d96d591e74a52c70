// For each file with properties that is named: what Kafka's own SslFactory finds in the stores that its ssl.* keys mean.
// A line each: the names in the chains of keys, and those that are trusted; or `no` and what it throws.
import java.io.FileInputStream;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.network.ConnectionMode;
import org.apache.kafka.common.security.ssl.SslFactory;

public class Stores {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            Properties properties = new Properties();
            try (FileInputStream in = new FileInputStream(file)) {
                properties.load(in);
            }
            String line;
            try {
                line = found(properties);
            } catch (Exception e) {
                line = "no " + e.getMessage();
            }
            System.out.println("> " + line);
        }
    }

    private static String found(Properties properties) throws Exception {
        ConfigDef known = new ConfigDef();
        SslConfigs.addClientSslSupport(known);
        SslFactory factory = new SslFactory(ConnectionMode.SERVER);
        factory.configure(known.parse(properties));
        KeyStore keys = factory.sslEngineFactory().keystore();
        KeyStore trusted = factory.sslEngineFactory().truststore();
        return "keys " + (keys == null ? "none" : chains(keys)) + " trusts " + (trusted == null ? "none" : issuers(trusted));
    }

    private static List<String> chains(KeyStore store) throws Exception {
        List<String> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (!store.isKeyEntry(alias)) continue;
            List<String> names = new ArrayList<>();
            for (Certificate one : store.getCertificateChain(alias))
                names.add(((X509Certificate) one).getSubjectX500Principal().getName());
            found.add(String.join(" < ", names));
        }
        Collections.sort(found);
        return found;
    }

    private static TreeSet<String> issuers(KeyStore store) throws Exception {
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(store);
        TreeSet<String> names = new TreeSet<>();
        for (TrustManager manager : managers.getTrustManagers())
            for (X509Certificate one : ((X509TrustManager) manager).getAcceptedIssuers())
                names.add(one.getSubjectX500Principal().getName());
        return names;
    }
}

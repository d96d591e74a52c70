import java.util.*;
import org.apache.kafka.clients.admin.*;
import org.apache.kafka.common.acl.*;
import org.apache.kafka.common.resource.*;
import org.apache.kafka.common.security.auth.KafkaPrincipal;

/** ACLs, delegation tokens and SCRAM credentials of a cluster without security. */
final class SecurityCases {
  static void run(AdminTable t) throws Exception {
    Admin admin = t.admin;
    AclBinding acl = new AclBinding(new ResourcePattern(ResourceType.TOPIC, "orders", PatternType.LITERAL), new AccessControlEntry("User:a", "*", AclOperation.READ, AclPermissionType.ALLOW));
    t.line("describeAcls", () -> admin.describeAcls(AclBindingFilter.ANY));
    t.line("describeAcls options", () -> admin.describeAcls(acl.toFilter(), new DescribeAclsOptions()));
    t.line("createAcls", () -> admin.createAcls(List.of(acl)).all());
    t.line("createAcls none", () -> admin.createAcls(List.of(), new CreateAclsOptions()));
    t.line("deleteAcls", () -> admin.deleteAcls(List.of(acl.toFilter(), AclBindingFilter.ANY)).all());
    t.line("deleteAcls none", () -> admin.deleteAcls(List.of(), new DeleteAclsOptions()).all());
    t.line("createDelegationToken", () -> admin.createDelegationToken());
    t.line("createDelegationToken of another", () -> admin.createDelegationToken(new CreateDelegationTokenOptions().owner(new KafkaPrincipal("User", "b")).renewers(List.of(new KafkaPrincipal("User", "c")))));
    t.line("renewDelegationToken", () -> admin.renewDelegationToken(new byte[] {1}));
    t.line("renewDelegationToken options", () -> admin.renewDelegationToken(new byte[0], new RenewDelegationTokenOptions().renewTimePeriodMs(5)));
    t.line("expireDelegationToken", () -> admin.expireDelegationToken(new byte[] {1}));
    t.line("expireDelegationToken options", () -> admin.expireDelegationToken(new byte[0], new ExpireDelegationTokenOptions().expiryTimePeriodMs(5)));
    t.line("describeDelegationToken", () -> admin.describeDelegationToken());
    t.line("describeDelegationToken owners", () -> admin.describeDelegationToken(new DescribeDelegationTokenOptions().owners(List.of(new KafkaPrincipal("User", "b")))));
    t.line("describeUserScramCredentials none", () -> admin.describeUserScramCredentials().all());
    alter(t, "upsert", upsert("alice", ScramMechanism.SCRAM_SHA_256, 4096));
    alter(t, "two mechanisms", upsert("alice", ScramMechanism.SCRAM_SHA_256, 4096), upsert("alice", ScramMechanism.SCRAM_SHA_512, 4096));
    alter(t, "too few iterations", upsert("bob", ScramMechanism.SCRAM_SHA_256, 1));
    alter(t, "too many iterations", upsert("bob", ScramMechanism.SCRAM_SHA_256, 999999));
    alter(t, "unknown mechanism", upsert("bob", ScramMechanism.UNKNOWN, 4096));
    alter(t, "empty user", upsert("", ScramMechanism.SCRAM_SHA_256, 4096));
    alter(t, "one good, one bad", upsert("carol", ScramMechanism.SCRAM_SHA_512, 8192), upsert("bob", ScramMechanism.SCRAM_SHA_256, 1));
    alter(t, "delete absent", new UserScramCredentialDeletion("nobody", ScramMechanism.SCRAM_SHA_256));
    t.line("describeUserScramCredentials", () -> admin.describeUserScramCredentials().all());
    t.line("describeUserScramCredentials absent", () -> admin.describeUserScramCredentials(List.of("alice", "nobody")).users());
    t.line("describeUserScramCredentials of absent", () -> admin.describeUserScramCredentials(List.of("nobody")).description("nobody"));
    t.line("describeUserScramCredentials twice", () -> admin.describeUserScramCredentials(List.of("alice", "alice"), new DescribeUserScramCredentialsOptions()).description("alice"));
    alter(t, "delete", new UserScramCredentialDeletion("alice", ScramMechanism.SCRAM_SHA_256));
    t.line("alterUserScramCredentials options", () -> admin.alterUserScramCredentials(List.of(), new AlterUserScramCredentialsOptions()));
  }

  private static UserScramCredentialUpsertion upsert(String user, ScramMechanism mechanism, int iterations) {
    return new UserScramCredentialUpsertion(user, new ScramCredentialInfo(mechanism, iterations), "password");
  }

  private static void alter(AdminTable t, String what, UserScramCredentialAlteration... changes) throws Exception {
    t.line("alterUserScramCredentials " + what, () -> t.admin.alterUserScramCredentials(List.of(changes)).values());
  }
}

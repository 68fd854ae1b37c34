import SimTime
import TailnetModel
import Testing

@Suite("The tailnet and who is in it")
struct TailnetTests {
    @Test("A tailnet, a user and a node have the stable IDs of their numbers")
    func stableIDs() {
        let tailnet = Tailnet(
            organization: "example.com", dnsSuffix: "tail3f9c1.ts.net", number: 58, settings: TailnetSettings())
        let user = User(
            key: "ana", login: "ana@example.com", displayName: "Ana Ruiz", role: .itAdmin, number: 57, timeZone: .utc,
            created: Instant(seconds: 0))
        let node = Node(
            key: "laptop", hostName: "laptop", name: "laptop.tail3f9c1.ts.net", number: 9_458_830_226_081, owner: 0,
            tags: [], os: .linux, ipv4: IPAddress(ipv4: 0x6440_0001),
            ipv6: TailnetAddress.ipv6(for: 0x6440_0001, byte: 5), clientVersion: "1.98.2", isEphemeral: false,
            keyExpiryDisabled: false, created: Instant(seconds: 0), advertisedRoutes: [], approvedRoutes: [])
        #expect(tailnet.stableID == "T12111111111CNTRL")
        #expect(user.stableID == "uz1111111111CNTRL")
        #expect(node.stableID == "n2XLS7UH5111CNTRL")
    }

    @Test("Roles and operating systems have the service's names")
    func names() {
        #expect(
            UserRole.allCases.map(\.rawValue)
                == ["owner", "admin", "it-admin", "network-admin", "billing-admin", "auditor", "member"])
        #expect(
            OperatingSystem.allCases.map(\.rawValue)
                == ["linux", "macOS", "windows", "iOS", "android", "freebsd", "tvOS"])
        #expect(LogKind.allCases.map(\.rawValue) == ["configuration", "network"])
        #expect(Channel.allCases.map(\.rawValue) == ["poll", "object", "stream"])
    }

    @Test("A new tailnet logs flows, and keeps keys for 180 days")
    func settings() {
        let settings = TailnetSettings()
        #expect(settings.networkFlowLoggingOn && settings.magicDNSOn && settings.httpsEnabled)
        #expect(!settings.logExitFlowsOn && !settings.tailnetLockOn && !settings.postureIdentityCollectionOn)
        #expect(!settings.devicesApprovalOn && !settings.usersApprovalOn)
        #expect(settings.devicesKeyDurationDays == 180)
    }
}

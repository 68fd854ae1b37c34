import TailnetModel
import TailnetPolicy
import Testing

@Suite("Packet admission") struct PacketAdmissionTests {
    @Test("The filter is more lenient than the rules") func theFilterIsMoreLenientThanTheRules() throws {
        let policy = try PolicyFixture.compiled(
            #""acls": [{"action": "accept", "src": ["ana@example.com"], "dst": ["tag:web:443"], "proto": "tcp"}]"#)
        let web = try PolicyFixture.address("100.64.0.4")
        let db = try PolicyFixture.address("100.64.0.5")
        let admits = { (destination: IPAddress, packet: FilteredPacket) in
            policy.admits(source: PolicyFixture.anaLaptop, destination: destination, packet)
        }
        #expect(admits(web, .tcpOpening(port: 443)))
        #expect(!admits(web, .tcpOpening(port: 22)))
        #expect(admits(db, .tcpContinuation))
        #expect(admits(db, .tsmp))
        #expect(admits(db, .icmp(isAnswer: true)))
        #expect(admits(web, .icmp(isAnswer: false)))
        #expect(!admits(db, .icmp(isAnswer: false)))
        #expect(!admits(web, .datagram(proto: 17, port: 443, isReply: false)))
        #expect(admits(db, .datagram(proto: 17, port: 1, isReply: true)))
        #expect(!admits(web, .other(proto: 47)))
        #expect(!policy.admits(source: PolicyFixture.benLaptop, destination: web, .icmp(isAnswer: false)))
    }

    @Test("Other protocols need a rule that names them") func otherProtocolsNeedARuleThatNamesThem() throws {
        let policy = try PolicyFixture.compiled(
            #""acls": [{"action": "accept", "src": ["*"], "dst": ["*:*"]}, {"action": "accept", "src": ["*"], "dst": ["tag:web:*"], "proto": "gre"}]"#
        )
        let web = try PolicyFixture.address("100.64.0.4")
        let db = try PolicyFixture.address("100.64.0.5")
        #expect(policy.admits(source: 0, destination: web, .other(proto: 47)))
        #expect(!policy.admits(source: 0, destination: db, .other(proto: 47)))
    }
}

import TailnetModel
import TailnetPolicy
import Testing

@Suite("Packet filter compiler") struct PacketFilterCompilerTests {
    private typealias Fixture = PolicyFixture

    private func filter(_ sections: String, _ node: Int) throws -> String {
        PacketFilterCompiler(try Fixture.compiled(sections)).json(for: node)
    }

    private let anySources =
        #"["10.1.0.0/16","100.115.94.0-100.127.255.255","100.64.0.0-100.115.91.255","fd7a:115c:a1e0::/48"]"#

    @Test("An open policy is one rule") func anOpenPolicyIsOneRule() throws {
        #expect(
            try filter("", Fixture.web)
                == "[{\"SrcIPs\":\(anySources),\"DstPorts\":[{\"IP\":\"*\",\"Ports\":{\"First\":0,\"Last\":65535}}]}]")
        #expect(try filter("\"acls\": []", Fixture.web) == "null")
    }

    @Test("Like sources and protocols are one rule") func likeSourcesAndProtocolsAreOneRule() throws {
        let sections = """
            "acls": [
              {"action": "accept", "src": ["tag:db"], "dst": ["tag:web:443,80"]},
              {"action": "accept", "src": ["tag:db"], "dst": ["tag:web:53"], "proto": "udp"},
              {"action": "accept", "src": ["100.64.0.5", "fd7a:115c:a1e0::5"], "dst": ["webhost:22"]},
            ]
            """
        let sources = #""SrcIPs":["100.64.0.5","fd7a:115c:a1e0::5"]"#
        let port = { (address: String, port: Int) in
            "{\"IP\":\"\(address)\",\"Ports\":{\"First\":\(port),\"Last\":\(port)}}"
        }
        let tcp = [
            port("100.64.0.4", 443), port("100.64.0.4", 80), port("fd7a:115c:a1e0::4", 443),
            port("fd7a:115c:a1e0::4", 80),
            port("100.64.0.4", 22),
        ]
        let udp = [port("100.64.0.4", 53), port("fd7a:115c:a1e0::4", 53)]
        #expect(
            try filter(sections, Fixture.web)
                == "[{\(sources),\"DstPorts\":[\(tcp.joined(separator: ","))]},{\(sources),\"DstPorts\":[\(udp.joined(separator: ","))],\"IPProto\":[17]}]"
        )
        #expect(try filter(sections, Fixture.database) == "null")
    }

    @Test("Routers get the rules of their subnets") func routersGetTheRulesOfTheirSubnets() throws {
        let sections =
            #""acls": [{"action": "accept", "src": ["tag:web"], "dst": ["10.1.2.0/24:22", "8.8.8.0/24:53", "10.9.0.0/16:1"]}]"#
        let compiler = PacketFilterCompiler(try Fixture.compiled(sections))
        #expect(compiler.filter(for: Fixture.router)?.flatMap(\.destinations).map(\.address) == ["10.1.2.0/24"])
        #expect(compiler.filter(for: Fixture.exit) == nil)
    }

    @Test("Exit nodes get the internet") func exitNodesGetTheInternet() throws {
        let sections = #""acls": [{"action": "accept", "src": ["tag:web"], "dst": ["autogroup:internet:*"]}]"#
        let compiler = PacketFilterCompiler(try Fixture.compiled(sections))
        let addresses = compiler.filter(for: Fixture.exit)?.flatMap(\.destinations).map(\.address)
        #expect(addresses?.count == 7)
        #expect(addresses?.first == "0.0.0.0-9.255.255.255")
        #expect(addresses?.last == "2000::-3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
        #expect(compiler.filter(for: Fixture.router) == nil)
    }

    @Test("Self comes from the owners devices") func selfComesFromTheOwnersDevices() throws {
        let sections = #""acls": [{"action": "accept", "src": ["autogroup:member"], "dst": ["autogroup:self:22"]}]"#
        let compiler = PacketFilterCompiler(try Fixture.compiled(sections))
        let sources = compiler.filter(for: Fixture.anaPhone)?.first?.sources
        #expect(sources == ["100.64.0.1", "100.64.0.2", "fd7a:115c:a1e0::1", "fd7a:115c:a1e0::2"])
        #expect(compiler.filter(for: Fixture.web) == nil)
        #expect(compiler.filter(for: Fixture.guest) == nil)
    }

    @Test("Via goes to the named routers alone") func viaGoesToTheNamedRoutersAlone() throws {
        let sections = #""grants": [{"src": ["*"], "dst": ["10.1.0.0/16"], "ip": ["*"], "via": ["tag:exit"]}]"#
        #expect(try filter(sections, Fixture.router) == "null")
        let router = sections.replacing("tag:exit", with: "tag:router")
        #expect(try filter(router, Fixture.router) != "null")
    }

    @Test("Capabilities have rules of their own and companions") func capabilitiesHaveRulesOfTheirOwnAndCompanions()
        throws
    {
        let sections =
            #""grants": [{"src": ["ben@example.com"], "dst": ["tag:web"], "app": {"tailscale.com/cap/drive": [{"shares": ["*"]}]}}]"#
        #expect(
            try filter(sections, Fixture.web)
                == #"[{"SrcIPs":["100.64.0.3","fd7a:115c:a1e0::3"],"CapGrant":[{"Dsts":["100.64.0.4/32","fd7a:115c:a1e0::4/128"],"CapMap":{"tailscale.com/cap/drive":[{"shares":["*"]}]}}]}]"#
        )
        #expect(
            try filter(sections, Fixture.benLaptop)
                == #"[{"SrcIPs":["100.64.0.4","fd7a:115c:a1e0::4"],"CapGrant":[{"Dsts":["100.64.0.3/32","fd7a:115c:a1e0::3/128"],"CapMap":{"tailscale.com/cap/drive-sharer":null}}]}]"#
        )
        #expect(try filter(sections, Fixture.database) == "null")
    }

    @Test("A capability keeps an empty list, and needs sources") func aCapabilityKeepsAnEmptyList() throws {
        let sections = { (sources: String, values: String) in
            "\"grants\": [{\"src\": [\(sources)], \"dst\": [\"tag:web\"], \"app\": {\"example.com/cap/x\": \(values)}}]"
        }
        #expect(
            try filter(sections("\"tag:db\"", "[]"), Fixture.web).hasSuffix(#""CapMap":{"example.com/cap/x":[]}}]}]"#))
        #expect(
            try filter(sections("\"tag:db\"", "null"), Fixture.web).hasSuffix(
                #""CapMap":{"example.com/cap/x":null}}]}]"#))
        #expect(try filter(sections("", "[{}]"), Fixture.web) == "null")
        #expect(try filter(sections("\"group:none\"", "[{}]"), Fixture.web).hasPrefix(#"[{"SrcIPs":[],"CapGrant""#))
    }

    @Test("Postures leave the devices that meet them") func posturesLeaveTheDevicesThatMeetThem() throws {
        let sections = """
            "postures": {"posture:mac": ["node:os == 'macos'"]},
            "grants": [{"src": ["*"], "dst": ["tag:web"], "ip": ["*"], "srcPosture": ["posture:mac"]}]
            """
        let compiler = PacketFilterCompiler(try Fixture.compiled(sections))
        #expect(compiler.filter(for: Fixture.web)?.first?.sources == ["100.64.0.1", "fd7a:115c:a1e0::1"])
    }
}

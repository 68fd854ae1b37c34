import ScenarioSpec
import SimTime
import Simulation
import TailnetModel
import Testing

@Suite("Operations are logged as documented")
struct OperationsTests {
    @Test("Every code of the schema can be produced by a scenario")
    func everyCode() throws {
        let log = try ControlLog(ControlScenario.tailnet())
        let made = Set(log.records.map(\.code))
        for code in AuditEventCode.all {
            #expect(made.contains(code.text), "no record has \(code.text)")
        }
        // The table's usual origin and actor are those of at least one record.
        for code in AuditEventCode.all {
            let isUsual = log.records.contains {
                $0.code == code.text && $0.origin == code.origin.rawValue && $0.actor.type == code.actor.rawValue
            }
            #expect(isUsual, "\(code.text) never comes from \(code.origin.rawValue) by \(code.actor.rawValue)")
        }
        // Captures show this one, the schema does not; no other code is made up.
        #expect(made.subtracting(AuditEventCode.all.map(\.text)) == ["OAUTH_ACCESS_TOKEN.CREATE"])
    }

    @Test("The table of codes has 138, each once, with parts that the schema knows")
    func table() {
        #expect(AuditEventCode.all.count == 138)
        #expect(Set(AuditEventCode.all.map(\.text)).count == 138)
        for code in AuditEventCode.all {
            let parts = [code.targetType, code.action] + [code.property].compactMap { $0 }
            #expect(parts.joined(separator: ".") == code.text)
            #expect(AuditEventCode(code.text) == code)
        }
        #expect(AuditEventCode("NODE.UPDATE") == nil)
    }

    @Test("The page of events has a row for every code, as the table has it")
    func page() throws {
        let package = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let page = try DiskFiles().text(of: package + "/Docs/Events.md")
        for code in AuditEventCode.all {
            let row = "| `\(code.text)` | \(code.grade.rawValue) | \(code.origin.rawValue) | "
            #expect(page.contains(row), "the page lacks \(row)")
        }
    }

    @Test(
        "Groups have the documented order",
        arguments: [
            ("NODE.LOGOUT", ["NODE.ENABLE.KEY_EXPIRY", "NODE.UPDATE.KEY_EXPIRY_TIME", "NODE.LOGOUT"]),
            ("USER.DELETE", ["NODE.DELETE", "USER.DELETE"]),
            ("TAILNET.ENABLE.MAGIC_DNS", ["TAILNET.ENABLE.MAGIC_DNS", "TAILNET.UPDATE.DNS_CONFIG"]),
            ("TAILNET.DISABLE.MAGIC_DNS", ["TAILNET.DISABLE.MAGIC_DNS", "TAILNET.UPDATE.DNS_CONFIG"]),
            ("INVITE.ACCEPT.NODE_SHARE", ["INVITE.ACCEPT.NODE_SHARE", "SHARE.CREATE"]),
        ])
    func order(code: String, wanted: [String]) throws {
        let groups = try ControlLog(ControlScenario.tailnet()).groups(with: code)
        #expect(!groups.isEmpty)
        for group in groups {
            #expect(group.map(\.code) == wanted)
            let times = group.compactMap { $0.eventTime?.nanoseconds }
            for (left, right) in zip(times, times.dropFirst()) { #expect((70_000...300_000).contains(right - left)) }
            let logged = group.compactMap { $0.logged?.nanoseconds }
            for (left, right) in zip(logged, logged.dropFirst()) { #expect(right == left + 1) }
            #expect(Set(group.map(\.origin)).count == 1)
        }
    }

    @Test("A node that is added gets a name, exists, gets an expiry or tags, and logs in")
    func joins() throws {
        let groups = try ControlLog(ControlScenario.tailnet()).groups(with: "NODE.CREATE")
        let properties = groups.map { $0.map { $0.target.property ?? $0.action } }
        #expect(
            Set(properties) == [
                ["MACHINE_NAME", "CREATE", "KEY_EXPIRY_TIME", "LOGIN"],
                ["MACHINE_NAME", "CREATE", "ACL_TAGS", "LOGIN"],
            ])
    }

    @Test("A re-pointed stream is made and deleted in one group, and a renewed key is a new expiry and a login")
    func pairs() throws {
        let log = try ControlLog(ControlScenario.tailnet())
        let streams = log.groups(with: "TAILNET.CREATE.LOGSTREAM_ENDPOINT").map { $0.map(\.code) }
        #expect(streams.contains(["TAILNET.CREATE.LOGSTREAM_ENDPOINT", "TAILNET.DELETE.LOGSTREAM_ENDPOINT"]))
        #expect(streams.contains(["TAILNET.CREATE.LOGSTREAM_ENDPOINT"]))
        let renewals = log.groups(with: "NODE.LOGIN").filter { $0.count == 2 }
        #expect(renewals.count == 2)
        for group in renewals { #expect(group.map(\.code) == ["NODE.UPDATE.KEY_EXPIRY_TIME", "NODE.LOGIN"]) }
        // The second one follows an explicit expiry: its old value is that instant.
        let expired = try #require(log.records.first { $0.code == "NODE.EXPIRED.KEY_EXPIRY_TIME" }?.eventTime)
        #expect(renewals[1][0].old == "\"\(expired.rfc3339)\"")
    }

    @Test(
        "Changes come from where the documentation has them come from",
        arguments: [
            ("NODE.CREATE", "NODE", "USER"), ("NODE.LOGOUT", "NODE", "USER"),
            ("NODE.EXPIRED.KEY_EXPIRY_TIME", "CONTROL", "AUTOMATED_WORKER"),
            ("API_KEY.EXPIRED", "CONTROL", "AUTOMATED_WORKER"), ("USER.CREATE", "CONTROL", "USER"),
            ("USER.PUSH_USER.ATTRIBUTES", "IDENTITY_PROVIDER", "SCIM"),
            ("GROUP.PUSH_GROUP.ATTRIBUTES", "IDENTITY_PROVIDER", "SCIM"),
            ("NODE.DELETE.ATTRIBUTES", "CONFIG_API", "OAUTH_CLIENT"),
            ("NODE.CREATE.ATTRIBUTES", "CONFIG_API", "OAUTH_CLIENT"),
            ("TAILNET.DISABLE.USER_APPROVAL_REQUIRED", "ADMIN_CONSOLE", "USER"),
            ("OAUTH_ACCESS_TOKEN.CREATE", "CONFIG_API", "OAUTH_CLIENT"),
            ("BILLING.UPDATE.SUBSCRIPTION", "STRIPE", "USER"),
            ("WEB_INTERFACE.LOGIN", "NODE", "USER"), ("FAILED_REQUEST.UPDATE", "CONFIG_API", nil),
        ])
    func origins(code: String, origin: String, actor: String?) throws {
        let records = try ControlLog(ControlScenario.tailnet()).records.filter { $0.code == code }
        #expect(!records.isEmpty)
        for record in records {
            #expect(record.origin == origin)
            if let actor { #expect(record.actor.type == actor) }
        }
    }

    @Test("Old values are what was there before")
    func oldValues() throws {
        let log = try ControlLog(ControlScenario.tailnet())
        func values(_ code: String, target: String? = nil) -> [String] {
            log.records.filter { $0.code == code && (target.map($0.target.name.hasPrefix) ?? true) }
                .map { "\($0.old ?? "-") > \($0.new ?? "-")" }
        }
        #expect(values("NODE.UPDATE.MACHINE_NAME", target: "ben-laptop") == ["\"ben-laptop\" > \"workbench\""])
        #expect(values("NODE.UPDATE.ACL_TAGS") == ["\"\" > [\"tag:web\"]", "\"\" > [\"tag:web\"]"])
        #expect(values("USER.UPDATE.USER_ROLE") == ["\"member\" > \"it-admin\""])
        #expect(values("NODE.UPDATE.EXIT_NODE") == ["false > true", "true > false"])
        #expect(values("NODE.UPDATE.ATTRIBUTES") == ["{\"custom:tier\":\"gold\"} > {\"custom:tier\":3}"])
        #expect(values("NODE.DELETE.ATTRIBUTES") == ["{\"custom:tier\":3} > -"])
        #expect(values("TAILNET.UPDATE.TCD") == ["\"tail1234.ts.net\" > \"yak-bebop.ts.net\""])
        #expect(values("TAILNET.UPDATE.MAX_KEY_DURATION") == ["180 > 30", "30 > 31"])
        let ways = log.records.filter { $0.code == "TAILNET.UPDATE.MAX_KEY_DURATION" }.map(\.origin)
        #expect(ways == ["ADMIN_CONSOLE", "CONFIG_API"])
        #expect(
            values("TAILNET.UPDATE.SECURITY_EMAIL") == ["\"ana@example.com\" > \"soc@example.com\""])
        #expect(
            values("WEBHOOK_ENDPOINT.UPDATE.SUBSCRIBED_EVENTS")
                == ["[\"nodeCreated\"] > [\"nodeCreated\",\"userDeleted\"]"])
        let routes = try #require(values("NODE.UPDATE.ALLOWED_IPS").first)
        #expect(routes.contains("/128\"] > [\"100.") && routes.hasSuffix("/128\",\"10.1.0.0/16\"]"))
        let dns = values("TAILNET.UPDATE.DNS_CONFIG")
        #expect(dns.count == 3)
        #expect(dns[2].contains("{\"address\":\"9.9.9.9\"}") && dns[2].contains("[\"corp.example.com\"]"))
        // A renamed device and a renamed tailnet show in what comes later.
        let late = log.records.filter { $0.code == "NODE.REVOKE" }
        #expect(late.map(\.target.name) == ["web-2.yak-bebop.ts.net"])
    }

    @Test("A key without revocation expires at its time; a revoked one does not")
    func credentials() throws {
        let log = try ControlLog(ControlScenario.tailnet())
        let expired = log.records.filter { $0.code == "API_KEY.EXPIRED" }
        let made = try #require(log.records.first { $0.target.name == "API access token" && $0.new != nil })
        #expect(expired.map(\.target.id) == [made.target.id])
        let lifetime = try #require(expired[0].eventTime) - #require(made.eventTime)
        #expect(lifetime == .minutes(20))
    }
}

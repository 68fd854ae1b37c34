import SimTime
import TailnetControl
import TailnetModel
import Testing

/// What each change makes of the tailnet, and what the log says of it.
@Suite("Tailnet state") struct TailnetStateTests {
    private let never = "\"0001-01-01T00:00:00Z\""

    @Test("A node that joins is named made and logs in") func aNodeThatJoinsIsNamedMadeAndLogsIn() throws {
        var control = SmallControl()
        try control.apply(.changeUser(.create, user: SmallControl.dora), by: .user(SmallControl.dora))
        #expect(control.state.device(SmallControl.doraLaptop).membership == .awaited)
        let records = try control.records(.join(node: SmallControl.doraLaptop), by: .user(SmallControl.dora))
        let expiry = (control.time + .days(180)).rfc3339
        #expect(
            records == [
                "NODE.UPDATE.MACHINE_NAME \"\" > \"dora-laptop\"", "NODE.CREATE - > -",
                "NODE.UPDATE.KEY_EXPIRY_TIME \(never) > \"\(expiry)\"", "NODE.LOGIN - > -",
            ])
        #expect(control.state.device(SmallControl.doraLaptop).membership == .connected)
    }

    @Test("A key that expires is renewed from the instant of its expiry")
    func aKeyThatExpiresIsRenewedFromTheInstantOfItsExpiry() throws {
        var control = SmallControl()
        let node = SmallControl.benLaptop
        #expect(try control.records(.expireKey(node: node), by: .service) == ["NODE.EXPIRED.KEY_EXPIRY_TIME - > -"])
        let expired = control.time
        #expect(control.state.device(node).membership == .expired)
        #expect(control.state.device(node).cutOff == expired)
        let records = try control.records(.reauthenticate(node: node), by: .user(SmallControl.ben))
        let new = control.time + .days(180)
        #expect(
            records == ["NODE.UPDATE.KEY_EXPIRY_TIME \"\(expired.rfc3339)\" > \"\(new.rfc3339)\"", "NODE.LOGIN - > -"])
        #expect(control.state.device(node).key == KeyPhase(since: control.time, expiry: new))
        // An admin's expiry is an update of what the key had; the key of a server has none.
        let update = try control.records(.expireKey(node: node))
        #expect(update == ["NODE.UPDATE.KEY_EXPIRY_TIME \"\(new.rfc3339)\" > \"\(control.time.rfc3339)\""])
        let server = try control.records(.expireKey(node: SmallControl.server))
        #expect(server == ["NODE.UPDATE.KEY_EXPIRY_TIME \(never) > \"\(control.time.rfc3339)\""])
    }

    @Test("Renewals by habit are asked for the expiry") func renewalsByHabitAreAskedForTheExpiry() throws {
        struct Habit: KeyRenewals {
            func expiry(ofNode node: Int, in phase: KeyPhase, before instant: Instant) -> Instant? {
                phase.expiry.map { $0 + .days(Int64(node)) }
            }
        }
        var control = SmallControl()
        control.state.renewals = Habit()
        let records = try control.records(.changeNode(.extendKey(.days(9)), node: SmallControl.benLaptop))
        let old = SmallControl.start - .days(100) + .days(181)
        #expect(
            records
                == ["NODE.UPDATE.KEY_EXPIRY_TIME \"\(old.rfc3339)\" > \"\((control.time + .days(9)).rfc3339)\""])
    }

    @Test("Changes of a node say what it was and what it is") func changesOfANodeSayWhatItWasAndWhatItIs() throws {
        var control = SmallControl()
        let node = SmallControl.benLaptop
        func change(_ change: NodeChange, by actor: ControlActor = .user(SmallControl.ana)) throws -> [String] {
            try control.records(.changeNode(change, node: node), by: actor)
        }
        #expect(try change(.rename("bench")) == ["NODE.UPDATE.MACHINE_NAME \"ben-laptop\" > \"bench\""])
        #expect(control.state.device(node).node.name == "bench.tail1234.ts.net")
        let routes = ["10.1.0.0/16"].compactMap { IPPrefix($0) }
        let own = "\"100.64.0.2/32\",\"fd7a:115c:a1e0::2/128\""
        #expect(
            try change(.setRoutes(routes)) == ["NODE.UPDATE.ALLOWED_IPS [\(own)] > [\(own),\"10.1.0.0/16\"]"])
        #expect(
            try change(.autoApproveRoutes([]), by: .service)
                == ["NODE.UPDATE.AUTO_APPROVED_ROUTES [\"10.1.0.0/16\"] > []"])
        #expect(control.state.device(node).node.advertisedRoutes == routes)
        #expect(try change(.setExitNode(true)) == ["NODE.UPDATE.EXIT_NODE false > true"])
        #expect(control.state.device(node).node.approvedRoutes.filter(\.isDefaultRoute).count == 2)
        #expect(try change(.setExitNode(false)) == ["NODE.UPDATE.EXIT_NODE true > false"])
        #expect(try change(.setKeyExpiry(false)) == ["NODE.DISABLE.KEY_EXPIRY - > -"])
        #expect(control.state.device(node).key.expiry == nil)
        #expect(try change(.setKeyExpiry(true)) == ["NODE.ENABLE.KEY_EXPIRY - > -"])
        #expect(control.state.device(node).key.expiry == control.time + .days(180))
        #expect(try change(.sign) == ["NODE.UPDATE.TKA - > {\"signed\":true}"])
        #expect(try change(.checkIn) == ["NODE.LOGIN - > -"])
        #expect(try change(.webInterface(isLogin: true)) == ["WEB_INTERFACE.LOGIN - > -"])
        #expect(
            try change(.setPostureReporting(false))
                == ["NODE.UPDATE.POSTURE_IDENTITY {\"PostureDisabled\":false} > {\"PostureDisabled\":true}"])
        let details = try control.apply(.changeNode(.disconnect(reason: "train"), node: node), by: .service)[0].details
        #expect(details == "\"example.com\" is being disconnected by \"ben@example.com\": train")
        let logout = try change(.logOut, by: .user(SmallControl.ben))
        #expect(logout.count == 3 && logout[0] == "NODE.ENABLE.KEY_EXPIRY - > -" && logout[2] == "NODE.LOGOUT - > -")
        #expect(control.state.device(node).membership == .loggedOut)
        #expect(try change(.setTags(["tag:db"])) == ["NODE.UPDATE.ACL_TAGS \"\" > [\"tag:db\"]"])
        let tagged = control.state.device(node).node
        #expect(tagged.owner == nil && tagged.keyExpiryDisabled && tagged.tags == ["tag:db"])
        #expect(try control.records(.delete(node: node)) == ["NODE.DELETE - > -"])
        #expect(control.state.device(node).membership == .deleted)
    }

    @Test("Attributes are made changed and removed") func attributesAreMadeChangedAndRemoved() throws {
        var control = SmallControl()
        func set(_ value: String) -> ControlAction {
            .changeNode(.setAttribute(name: "custom:tier", value: value), node: SmallControl.server)
        }
        #expect(
            try control.records(set("1"), by: .client(0)) == ["NODE.CREATE.ATTRIBUTES - > {\"custom:tier\":1}"])
        #expect(
            try control.records(set("2"), by: .client(0))
                == ["NODE.UPDATE.ATTRIBUTES {\"custom:tier\":1} > {\"custom:tier\":2}"])
        let removal = ControlAction.changeNode(.deleteAttribute(name: "custom:tier"), node: SmallControl.server)
        #expect(try control.records(removal) == ["NODE.DELETE.ATTRIBUTES {\"custom:tier\":2} > -"])
    }

    @Test("Accounts are made approved suspended and deleted with their nodes")
    func accountsAreMadeApprovedSuspendedAndDeletedWithTheirNodes() throws {
        var control = SmallControl { $0.usersApprovalOn = true }
        let dora = SmallControl.dora
        func change(_ change: UserChange, by actor: ControlActor = .user(SmallControl.ana)) throws -> [String] {
            try control.records(.changeUser(change, user: dora), by: actor)
        }
        #expect(try change(.invite) == ["USER.INVITE - > -"])
        #expect(try change(.resendInvite) == ["USER.RESEND.TAILNET_INVITE - > -"])
        #expect(try change(.create, by: .user(dora)) == ["USER.CREATE - > -"])
        #expect(control.state.account(dora).status == .pending)
        #expect(try change(.approve) == ["USER.APPROVE - > -"])
        #expect(try change(.setRole(.auditor)) == ["USER.UPDATE.USER_ROLE \"member\" > \"auditor\""])
        #expect(control.state.account(dora).role == .auditor)
        #expect(try change(.suspend) == ["USER.SUSPEND - > -"])
        #expect(control.state.account(dora).status == .suspended)
        #expect(try change(.restore) == ["USER.RESTORE - > -"])
        #expect(
            try change(.push, by: .service)
                == [
                    "USER.PUSH_USER.ATTRIBUTES - > {\"userName\":\"dora@example.com\",\"displayName\":\"DORA\"}"
                ])
        try control.apply(.join(node: SmallControl.doraLaptop), by: .user(dora))
        #expect(try change(.delete) == ["NODE.DELETE - > -", "USER.DELETE - > -"])
        #expect(control.state.account(dora).status == .deleted)
        #expect(control.state.device(SmallControl.doraLaptop).membership == .deleted)
        #expect(control.state.device(SmallControl.benLaptop).membership == .connected)
    }

    @Test("A device waits for approval where the tailnet asks for it")
    func aDeviceWaitsForApprovalWhereTheTailnetAsksForIt() throws {
        var control = SmallControl { $0.devicesApprovalOn = true }
        try control.apply(.changeUser(.create, user: SmallControl.dora), by: .user(SmallControl.dora))
        try control.apply(.join(node: SmallControl.doraLaptop), by: .user(SmallControl.dora))
        #expect(control.state.device(SmallControl.doraLaptop).waitsForApproval)
        let approval = ControlAction.changeNode(.approve, node: SmallControl.doraLaptop)
        #expect(try control.records(approval) == ["NODE.APPROVE - > -"])
        #expect(!control.state.device(SmallControl.doraLaptop).waitsForApproval)
    }

    @Test("Settings turn and remember what they were") func settingsTurnAndRememberWhatTheyWere() throws {
        var control = SmallControl()
        #expect(try control.records(.turn(.https, isOn: false)) == ["TAILNET.DISABLE.HTTPS - > -"])
        #expect(!control.state.isOn(.https))
        let before = control.state.objects.dns.json
        let records = try control.records(.turn(.magicDNS, isOn: false))
        let off = DNSConfiguration(magicDNS: false).json
        #expect(records == ["TAILNET.DISABLE.MAGIC_DNS - > -", "TAILNET.UPDATE.DNS_CONFIG \(before) > \(off)"])
        let servers = DNSConfiguration(nameservers: ["9.9.9.9"], magicDNS: false)
        #expect(
            try control.records(.setDNS(nameservers: ["9.9.9.9"], searchDomains: nil))
                == ["TAILNET.UPDATE.DNS_CONFIG \(off) > \(servers.json)"])
        #expect(
            servers.json
                == "{\"nameservers\":[{\"address\":\"9.9.9.9\"}],\"searchPaths\":[],\"preferences\":{\"magicDNS\":false}}"
        )
        #expect(try control.records(.setPolicy("{ }")) == ["TAILNET.UPDATE.ACL \"{}\" > \"{ }\""])
        #expect(
            try control.records(.renameTailnet(suffix: "yak.ts.net"))
                == ["TAILNET.UPDATE.TCD \"tail1234.ts.net\" > \"yak.ts.net\""])
        #expect(control.state.device(SmallControl.server).node.name == "server.yak.ts.net")
        #expect(try control.records(.changeKeyDuration(days: 30)) == ["TAILNET.UPDATE.MAX_KEY_DURATION 180 > 30"])
        #expect(
            try control.records(.setContact(.security, email: "soc@example.com"))
                == ["TAILNET.UPDATE.SECURITY_EMAIL \"ana@example.com\" > \"soc@example.com\""])
        #expect(
            try control.records(.verifyContact(.security))
                == ["TAILNET.VERIFY.SECURITY_EMAIL - > \"soc@example.com\""])
        #expect(try control.records(.joinTailnet(name: "b.example")) == ["TAILNET.JOIN - > \"b.example\""])
        #expect(try control.records(.leaveTailnet(name: "b.example")) == ["TAILNET.LEAVE \"b.example\" > -"])
    }

    @Test("Credentials are made and revoked under one ID") func credentialsAreMadeAndRevokedUnderOneID() throws {
        var control = SmallControl()
        let key = try control.apply(
            .createAuthKey(name: "k", reusable: true, ephemeral: true, tags: ["tag:web"], lifetime: .hours(1)))[0]
        #expect(
            key.new
                == "{\"expires\":\"2026-03-02 02:00:00 +0000 UTC\",\"capabilities\":[\"NODE_AUTH\",\"EPHEMERAL\"],"
                + "\"domainLevel\":true,\"authTags\":[\"tag:web\"],\"description\":\"k\"}")
        let token = try control.apply(.createAPIToken(name: "t"))[0]
        let client = try control.apply(.createOAuthClient(name: "c", scopes: "all:read"))[0]
        #expect(client.details == "scopes - all:read")
        #expect(control.state.credentials == ["k": .authKey, "t": .apiToken, "c": .oauthClient])
        for (name, made) in [("k", key), ("t", token), ("c", client)] {
            let revoked = try control.apply(.revokeKey(name: name))
            #expect(revoked == [AuditChange("REVOKE", made.target)])
        }
        #expect(control.state.credentials.isEmpty)
        // A name that is free again can be given again.
        try control.apply(.createAPIToken(name: "k"))
    }

    @Test("Every object goes through its life") func everyObjectGoesThroughItsLife() throws {
        var control = SmallControl()
        func step(_ change: ObjectChange, by actor: ControlActor = .user(SmallControl.ana)) throws -> [String] {
            try control.records(.changeObject(change), by: actor)
        }
        #expect(
            try step(.webhook(.create(subscriptions: ["nodeCreated"]), name: "w"))
                == ["WEBHOOK_ENDPOINT.CREATE - > {\"subscriptions\":[\"nodeCreated\"]}"])
        #expect(
            try step(.webhook(.subscribe([]), name: "w"))
                == ["WEBHOOK_ENDPOINT.UPDATE.SUBSCRIBED_EVENTS [\"nodeCreated\"] > []"])
        #expect(try step(.webhook(.rotate, name: "w")) == ["WEBHOOK_ENDPOINT.UPDATE.SECRET - > -"])
        #expect(try step(.webhook(.delete, name: "w")) == ["WEBHOOK_ENDPOINT.DELETE - > -"])

        let usual = LogDestination.usual(organization: "example.com").json(log: "network")
        let bucket = LogDestination(provider: "s3", place: .bucket("b"), compression: "zstd")
        let stream = "TAILNET.CREATE.LOGSTREAM_ENDPOINT - > \(bucket.json(log: "network"))"
        #expect(
            try step(.logStream(.repoint(bucket), log: "network"))
                == [stream, "TAILNET.DELETE.LOGSTREAM_ENDPOINT \(usual) > -"])
        #expect(
            bucket.json(log: "network")
                == "{\"provider\":\"s3\",\"logstreamType\":\"network\",\"s3Region\":\"us-east-1\",\"s3Bucket\":\"b\""
                + ",\"compressionFormat\":\"zstd\"}")
        #expect(
            try step(.logStream(.delete, log: "network"))
                == ["TAILNET.DELETE.LOGSTREAM_ENDPOINT \(bucket.json(log: "network")) > -"])
        #expect(try step(.logStream(.create(bucket), log: "network")) == [stream])

        let provider = "{\"provider\":\"intune\"}"
        #expect(
            try step(.postureIntegration(.update, provider: "intune"))
                == ["TAILNET.UPDATE.POSTURE_INTEGRATION \(provider) > \(provider)"])
        #expect(
            try step(.postureIntegration(.delete, provider: "intune"))
                == ["TAILNET.DELETE.POSTURE_INTEGRATION \(provider) > -"])
        #expect(
            try step(.postureIntegration(.create, provider: "intune"))
                == ["TAILNET.CREATE.POSTURE_INTEGRATION - > \(provider)"])

        let added = try step(.lockKey(.create, name: "l"))
        #expect(added[0].hasPrefix("TAILNET.CREATE.TKA - > {\"key\":\"nlpub:"))
        #expect(try step(.lockKey(.delete, name: "l"))[0].hasSuffix(" > -"))
    }

    @Test("Shares and invitations are sent accepted and ended") func sharesAndInvitationsAreSentAcceptedAndEnded()
        throws
    {
        var control = SmallControl()
        func change(_ change: ObjectChange, by actor: ControlActor = .user(SmallControl.ana)) throws -> [AuditChange] {
            try control.apply(.changeObject(change), by: actor)
        }
        let share = NodeShare(node: SmallControl.server, label: "for eve", email: "eve@other.example")
        let created = try change(.share(.create(share), name: "s"))[0]
        #expect(created.target.name == "for eve" && created.new == "{\"email\":\"eve@other.example\"}")
        #expect(try change(.share(.resend, name: "s"))[0].target == created.target)
        let accepted = try change(.share(.accept, name: "s"), by: .user(SmallControl.ben))
        #expect(accepted.map(\.target.type) == ["INVITE", "SHARE"])
        #expect(accepted[1].target.name == "server.tail1234.ts.net")
        #expect(try change(.share(.update, name: "s")) == [AuditChange("UPDATE", accepted[1].target)])
        #expect(try change(.share(.end, name: "s")) == [AuditChange("DELETE", accepted[1].target)])
        let invite = TailnetInvite(label: "new", email: "x@example.com", role: .auditor)
        let invited = try change(.invite(.create(invite), name: "i"))[0]
        #expect(invited.new == "{\"email\":\"x@example.com\",\"role\":\"auditor\"}")
        #expect(invited.target.property == "TAILNET_INVITE")
        #expect(try change(.invite(.resend, name: "i")).map(\.action) == ["RESEND"])
        #expect(try change(.invite(.cancel, name: "i")).map(\.action) == ["DELETE"])
        #expect(control.state.objects.shares.isEmpty && control.state.objects.invites.isEmpty)
    }

    @Test("What changes nothing is recorded all the same") func whatChangesNothingIsRecordedAllTheSame() throws {
        var control = SmallControl()
        let before = control.state.everything
        let objects = control.state.objects
        #expect(try control.records(.console(isLogin: true)) == ["ADMIN_CONSOLE.LOGIN - > -"])
        #expect(try control.records(.console(isLogin: false)) == ["ADMIN_CONSOLE.LOGOUT - > -"])
        let failed = try control.apply(.failRequest("GET /x"), by: .client(0))[0]
        #expect(failed.error == "forbidden" && failed.details == "GET /x" && failed.target.type == "FAILED_REQUEST")
        let token = try control.apply(.mintToken, by: .client(0))[0]
        #expect(token.details == "scopes - all:read" && token.target.type == "OAUTH_ACCESS_TOKEN")
        // Another minting is another token.
        #expect(try control.apply(.mintToken, by: .client(0))[0].target.id != token.target.id)
        let group = try control.records(.pushGroup(name: "g", members: [0, 1]), by: .service)
        #expect(group == ["GROUP.PUSH_GROUP.ATTRIBUTES - > {\"members\":[\"ana@example.com\",\"ben@example.com\"]}"])
        let logged = LoggedChange(
            code: "NODE.UPDATE.TKA", origin: .control, actorKind: .worker, node: SmallControl.server, name: "",
            old: "1", new: "2")
        #expect(try control.records(.log(logged), by: .service) == ["NODE.UPDATE.TKA 1 > 2"])
        #expect(control.state.everything == before && control.state.objects == objects)
    }
}

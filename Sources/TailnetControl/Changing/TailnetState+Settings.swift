import ByteText
import SimTime
import TailnetModel

// What happens to the tailnet's switches, names, DNS, policy and contacts, and to credentials.
extension TailnetState {
    mutating func recordSetting(_ action: ControlAction, at time: Instant) -> [AuditChange] {
        switch action {
        case .turn(let setting, let isOn):
            switches[setting] = isOn
            var changes = [AuditChange(isOn ? "ENABLE" : "DISABLE", targets.tailnet(setting.property))]
            if setting == .magicDNS { changes.append(changeDNS { $0.magicDNS = isOn }) }
            return changes
        case .setDNS(let nameservers, let searchDomains):
            let change = changeDNS { dns in
                if let nameservers { dns.nameservers = nameservers }
                if let searchDomains { dns.searchDomains = searchDomains }
            }
            return [change]
        case .setPolicy(let text):
            let old = objects.policy
            objects.policy = text
            return [AuditChange("UPDATE", targets.tailnet("ACL"), old: old.jsonQuoted, new: text.jsonQuoted)]
        case .renameTailnet(let suffix):
            let old = dnsSuffix
            dnsSuffix = suffix
            for index in nodes.indices { rename(index, to: device(index).node.hostName) }
            return [AuditChange("UPDATE", targets.tailnet("TCD"), old: old.jsonQuoted, new: suffix.jsonQuoted)]
        case .changeKeyDuration(let days):
            // Days as numbers: unverified.
            let old = keyDays(at: time)
            keyDays.append((time, days))
            return [AuditChange("UPDATE", targets.tailnet("MAX_KEY_DURATION"), old: "\(old)", new: "\(days)")]
        case .setContact(let contact, let email):
            let old = self.email(of: contact).jsonQuoted
            objects.contacts[contact] = email
            return [AuditChange("UPDATE", targets.tailnet(contact.property), old: old, new: email.jsonQuoted)]
        case .verifyContact(let contact):
            return [AuditChange("VERIFY", targets.tailnet(contact.property), new: email(of: contact).jsonQuoted)]
        case .joinTailnet(let name): return [AuditChange("JOIN", targets.tailnet(), new: name.jsonQuoted)]
        case .leaveTailnet(let name): return [AuditChange("LEAVE", targets.tailnet(), old: name.jsonQuoted)]
        default: return []
        }
    }

    private mutating func changeDNS(_ body: (inout DNSConfiguration) -> Void) -> AuditChange {
        let old = objects.dns.json
        body(&objects.dns)
        return AuditChange("UPDATE", targets.tailnet("DNS_CONFIG"), old: old, new: objects.dns.json)
    }

    /// Credentials as captured: auth keys with Go's dates; the members of API tokens differ between captures.
    mutating func recordCredential(_ action: ControlAction, at time: Instant) -> [AuditChange] {
        switch action {
        case .createAuthKey(let name, let reusable, let ephemeral, let tags, let lifetime):
            credentials[name] = .authKey
            var capabilities = [reusable ? "NODE_AUTH" : "ONE_OFF_NODE_AUTH"]
            if ephemeral { capabilities.append("EPHEMERAL") }
            let value = JSONWriter.object { json in
                json.member("expires", AuditValues.goText(time + lifetime))
                json.member("capabilities", capabilities)
                json.member("domainLevel", true)
                if !tags.isEmpty { json.member("authTags", tags) }
                json.member("description", name)
            }
            return [AuditChange("CREATE", targets.credential(name, .authKey), new: value)]
        case .createAPIToken(let name, let lifetime):
            credentials[name] = .apiToken
            let value = JSONWriter.object { json in
                json.member("expires", AuditValues.goText(time + lifetime))
                json.member("description", name)
            }
            return [AuditChange("CREATE", targets.credential(name, .apiToken), new: value)]
        case .createOAuthClient(let name, let scopes):
            credentials[name] = .oauthClient
            // Both the title and the details are unverified; details are those of a minted token.
            return [
                AuditChange(
                    "CREATE", targets.credential(name, .oauthClient),
                    new: JSONWriter.object { $0.member("description", name) }, details: "scopes - " + scopes)
            ]
        case .revokeKey(let name):
            guard let kind = credentials.removeValue(forKey: name) else { return [] }
            return [AuditChange("REVOKE", targets.credential(name, kind))]
        default: return []
        }
    }
}

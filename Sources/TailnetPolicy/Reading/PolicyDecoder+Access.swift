import ByteText
import TailnetModel

extension PolicyDecoder {
    /// The rules of `acls` and `grants`.
    mutating func decodeAccess() {
        file.restrictsAccess = hasSection("acls") || hasSection("grants")
        for (index, entry) in elements(section("acls"), of: "acls").enumerated() {
            if let rule = accessRule(entry, index) { file.rules.append(rule) }
        }
        for (index, entry) in elements(section("grants"), of: "grants").enumerated() {
            if let rule = grant(entry, index) { file.rules.append(rule) }
        }
        checkScale()
    }

    /// Refuses rules that would not fit into memory when they are compiled.
    private mutating func checkScale() {
        let scale = PolicyScale(file.rules, setRanges: setRanges)
        guard scale.isTooLarge, let rule = scale.largest else { return }
        complain(
            PolicyMessage(
                "\(rule.name): the rules have \(scale.ports) lists of ports and name \(scale.ranges) addresses, blocks and "
                    + "ranges; the limit is \(PolicyScale.limit) of the one times the other; let destinations share their "
                    + "ports, or name blocks of addresses", isServiceMessage: false),
            at: rule.position)
    }

    private mutating func accessRule(_ entry: JSONValue, _ index: Int) -> PolicyRule? {
        let known = ["action", "src", "users", "dst", "ports", "proto", "srcPosture", "description"]
        guard let fields = fields(entry, of: "acls", known: known) else { return nil }
        var rule = PolicyRule(kind: .acl, index: index, position: source.position(entry.range.lowerBound))
        let action = word(fields["action"], of: "action")
        if action?.text != "accept" {
            complain(
                PolicyMessage("action=\((action?.text ?? "").quoted) is not supported"),
                at: action?.position ?? rule.position)
        }
        rule.sources = sources(field(fields, "src", or: "users"))
        let protoWord = word(fields["proto"], of: "proto")
        var proto: UInt8?
        do throws(PolicyMessage) {
            proto = try PolicyService.protocolNumber(protoWord?.text ?? "")
        } catch {
            complain(error, at: protoWord?.position ?? rule.position)
        }
        for word in words(field(fields, "dst", or: "ports"), of: "dst") {
            do throws(PolicyMessage) {
                rule.destinations.append(try destination(word, protoWord?.text ?? "", proto))
            } catch {
                complain(error, at: word.position)
            }
        }
        rule.sourcePosture = postureNames(fields["srcposture"], of: "srcPosture")
        checkSelf(rule, allowsAny: true)
        return rule
    }

    /// Reads `host:ports`; the host may be an IPv6 address, so the last colon parts them.
    private func destination(
        _ word: PolicyWord, _ protoName: String, _ proto: UInt8?
    ) throws(PolicyMessage) -> PolicyRule.Destination {
        guard let colon = word.text.lastIndex(of: ":") else {
            throw PolicyMessage("hostport must contain a colon (\":\")", hint: PortHint.missingPort(word.text))
        }
        let ranges: [ClosedRange<UInt16>]
        do throws(PolicyMessage) {
            ranges = try PolicyService.ports(word.text[word.text.index(after: colon)...].trimmed)
            try PolicyService.checkPorts(ranges, of: protoName, proto)
        } catch {
            var message = error.prefixed("dst=\(word.text.quoted): ")
            if PortHint.lacksPort(word.text, names) { message.hint = PortHint.missingPort(word.text) }
            throw message
        }
        var host = word.text[..<colon].trimmed
        if host.hasPrefix("[") && host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        let name = try destinationName(PolicyWord(host, at: word.position))
        return PolicyRule.Destination(
            name: name, services: ranges.map { PolicyService(proto: proto, ports: $0) })
    }

    private mutating func grant(_ entry: JSONValue, _ index: Int) -> PolicyRule? {
        let known = ["src", "dst", "ip", "app", "via", "srcPosture", "description"]
        let problemsBefore = problems.count
        guard let fields = fields(entry, of: "grants", known: known) else { return nil }
        var rule = PolicyRule(kind: .grant, index: index, position: source.position(entry.range.lowerBound))
        rule.sources = sources(fields["src"])
        var services: [PolicyService] = []
        for word in words(fields["ip"], of: "ip") {
            do throws(PolicyMessage) {
                services += try PolicyService.grantServices(word.text)
            } catch {
                complain(error, at: word.position)
            }
        }
        rule.capabilities = capabilities(fields["app"])
        for word in words(fields["dst"], of: "dst") {
            do throws(PolicyMessage) {
                let name = try destinationName(word)
                if name.selector == .autogroup(.internet) && !rule.capabilities.isEmpty {
                    throw PolicyMessage("cannot use app grants with autogroup:internet")
                }
                rule.destinations.append(PolicyRule.Destination(name: name, services: services))
            } catch {
                complain(error, at: word.position)
            }
        }
        rule.via = via(fields["via"])
        rule.sourcePosture = postureNames(fields["srcposture"], of: "srcPosture")
        if services.isEmpty && rule.capabilities.isEmpty && problems.count == problemsBefore {
            complain(PolicyMessage("ip and app can not both be empty"), at: rule.position)
        }
        checkSelf(rule, allowsAny: false)
        return rule
    }

    mutating func sources(_ value: JSONValue?) -> [SelectedWord] {
        var sources: [SelectedWord] = []
        for word in words(value, of: "src") {
            do throws(PolicyMessage) {
                let selector = try PolicySelector(word.text, in: names)
                switch selector {
                case .autogroup(.self), .autogroup(.internet), .autogroup(.nonroot):
                    complain(
                        PolicyMessage("\(word.text.quoted) not valid on the src side of a rule"), at: word.position)
                default:
                    sources.append(SelectedWord(word: word, selector: selector))
                }
            } catch {
                complain(error.prefixed("src="), at: word.position)
            }
        }
        return sources
    }

    private func destinationName(_ word: PolicyWord) throws(PolicyMessage) -> SelectedWord {
        let selector: PolicySelector
        do throws(PolicyMessage) {
            selector = try PolicySelector(word.text, in: names)
        } catch {
            throw error.prefixed("dst=\(word.text.quoted): ")
        }
        switch selector {
        case .autogroup(.dangerAll):
            throw PolicyMessage("cannot use autogroup:danger-all as a dst")
        case .autogroup(.nonroot):
            throw PolicyMessage("\(word.text.quoted) not valid on the dst side of a rule")
        case .addresses(let range) where range.prefix?.isDefaultRoute == true:
            throw PolicyMessage(
                "dst \(word.text.quoted): to allow all IP addresses, use \"*\" or \"autogroup:internet\"")
        default:
            return SelectedWord(word: word, selector: selector)
        }
    }

    private mutating func via(_ value: JSONValue?) -> [PolicyWord] {
        let tags = words(value, of: "via")
        for tag in tags {
            if !tag.text.hasPrefix("tag:") {
                complain(PolicyMessage("via can only be a tag"), at: tag.position)
            } else if !names.tags.contains(tag.text) {
                complain(
                    PolicyMessage("tag \(tag.text.quoted) not found", unknownName: tag.text), at: tag.position)
            }
        }
        return tags
    }

    /// `autogroup:self` goes with sources that are people: a tagged device has no self.
    private mutating func checkSelf(_ rule: PolicyRule, allowsAny: Bool) {
        guard let own = rule.destinations.first(where: { $0.name.selector == .autogroup(.self) }) else { return }
        let allowed = rule.sources.allSatisfy { $0.selector.isOfUsers || allowsAny && $0.selector == .any }
        if !allowed {
            complain(
                PolicyMessage("autogroup:self can only be used with users, groups, or supported autogroups"),
                at: own.name.word.position)
        }
    }

    /// The capabilities of a grant or node attribute, with the checks of a grant.
    mutating func capabilities(_ value: JSONValue?) -> [PolicyCapability] {
        guard let value, !value.isNull else { return [] }
        guard let members = value.object else {
            complain("app must be an object", at: value)
            return []
        }
        return members.map { member in
            checkCapability(member)
            let values = elements(member.value, of: "app[\(member.key.quoted)]").map { compactText($0) }
            return PolicyCapability(name: member.key, values: member.value.isNull ? nil : values)
        }
    }
}

extension PolicySelector {
    /// Whether the selector is of people and their devices.
    var isOfUsers: Bool {
        switch self {
        case .user, .domain, .group: true
        case .autogroup(let group): group.isOfUsers
        case .any, .tag, .ipSet, .service, .addresses: false
        }
    }
}

import ByteText
import TailnetModel

extension PolicyDecoder {
    /// Groups, tags, hosts and IP sets: what the rules may name.
    mutating func decodeNames() {
        file.groups = namedLists("groups")
        names.groups = Set(file.groups.map(\.name.text))
        file.tagOwners = namedLists("tagOwners")
        names.tags = Set(file.tagOwners.map(\.name.text))
        file.ipSets = namedLists("ipsets")
        names.ipSets = Set(file.ipSets.map(\.name.text))
        decodeHosts()
        checkGroups()
        checkTags()
        checkIPSets()
        checkExpansion()
    }

    private mutating func decodeHosts() {
        guard let value = section("hosts"), !value.isNull else { return }
        guard let members = value.object else {
            complain("hosts must be an object", at: value)
            return
        }
        for member in members {
            guard let address = word(member.value, of: "hosts[\(member.key.quoted)]") else { continue }
            let single = IPAddress(address.text)
            guard let prefix = single.map({ IPPrefix($0) }) ?? IPPrefix(address.text) else {
                complain(
                    PolicyMessage(
                        "hosts[\(member.key.quoted)]: \(address.text.quoted): invalid address", isServiceMessage: false),
                    at: address.position)
                continue
            }
            let host = PolicyHost(
                name: PolicyWord(member.key, at: source.position(member.keyRange.lowerBound)), address: address,
                prefix: prefix, isWrittenAsPrefix: single == nil)
            file.hosts.append(host)
            names.hosts[host.name.text] = host
        }
    }

    /// A group holds users, no groups.
    ///
    /// Of several groups that hold one, the service names the last.
    private mutating func checkGroups() {
        for group in file.groups.reversed() {
            let prefix = "groups[\(group.name.text.quoted)]: "
            if !group.name.text.hasPrefix("group:") {
                complain(
                    PolicyMessage("\(prefix)group names must start with 'group:'", isServiceMessage: false),
                    at: group.name.position)
            }
            for member in group.members {
                if member.text.hasPrefix("group:") {
                    complain(
                        PolicyMessage(
                            "\(prefix)\(member.text.quoted): group members cannot be recursive",
                            hint: "write the logins of its members, or name both groups in the rules"),
                        at: member.position)
                } else if !member.text.contains("@") || member.text.hasPrefix("tag:") {
                    complain(
                        PolicyMessage("\(prefix)\(member.text.quoted) is not a user", isServiceMessage: false),
                        at: member.position)
                }
            }
        }
    }

    private mutating func checkTags() {
        for tag in file.tagOwners {
            if let complaint = PolicyDecoder.tagComplaint(tag.name.text) {
                complain(
                    PolicyMessage("tagOwners[\(tag.name.text.quoted)]: \(complaint)"), at: tag.name.position)
            }
            for owner in tag.members {
                do throws(PolicyMessage) {
                    _ = try PolicySelector(owner.text, in: names)
                } catch {
                    complain(error.prefixed("tagOwners[\(tag.name.text.quoted)]: "), at: owner.position)
                }
            }
        }
    }

    /// What the service's own check of tag names has to say.
    static func tagComplaint(_ tag: String) -> String? {
        guard tag.hasPrefix("tag:") else { return "tags must start with 'tag:'" }
        let name = tag.dropFirst(4).utf8
        guard let first = name.first else { return "tag names must not be empty" }
        let isLetter: (UInt8) -> Bool = { (65...90).contains($0) || (97...122).contains($0) }
        guard isLetter(first) else { return "tag names must start with a letter, after 'tag:'" }
        guard name.allSatisfy({ isLetter($0) || (48...57).contains($0) || $0 == 45 }) else {
            return "tag names can only contain numbers, letters, or dashes"
        }
        return nil
    }

    /// Entries are `add X`, `remove X` or just X, where X is an address, a block, a range, a host, an IP set or the internet.
    private mutating func checkIPSets() {
        for set in file.ipSets {
            let prefix = "ipsets[\(set.name.text.quoted)]"
            if !set.name.text.hasPrefix("ipset:") {
                complain(
                    PolicyMessage("\(prefix): names of IP sets must start with 'ipset:'", isServiceMessage: false),
                    at: set.name.position)
            }
            for entry in set.members {
                do throws(PolicyMessage) {
                    switch try PolicySelector(IPSetEntry(entry.text).name, in: names) {
                    case .addresses, .ipSet, .autogroup(.internet): break
                    default: throw PolicyMessage("\(entry.text.quoted) is not an address", isServiceMessage: false)
                    }
                } catch {
                    complain(error.prefixed("\(prefix): "), at: entry.position)
                }
            }
        }
    }

    /// Sets may name one another, but not in a circle, and not so that they grow out of hand.
    private mutating func checkExpansion() {
        let expansion = IPSetExpansion(file.ipSets, hosts: names.hosts)
        setRanges = expansion.ranges.mapValues(\.count)
        for name in expansion.circular {
            complain(
                PolicyMessage("ipsets[\(name.text.quoted)]: the set contains itself", isServiceMessage: false),
                at: name.position)
        }
        if let name = expansion.tooLarge {
            complain(
                PolicyMessage(
                    "ipsets[\(name.text.quoted)]: the sets hold more than \(IPSetExpansion.limit) ranges of addresses "
                        + "together; let fewer sets name large ones",
                    isServiceMessage: false),
                at: name.position)
        }
    }

    mutating func decodePostures() {
        for posture in namedLists("postures") {
            if !posture.name.text.hasPrefix("posture:") {
                complain(
                    PolicyMessage(
                        "postures[\(posture.name.text.quoted)]: posture names must start with 'posture:'",
                        isServiceMessage: false),
                    at: posture.name.position)
            }
            names.postures.insert(posture.name.text)
            var conditions: [PostureCondition] = []
            for member in posture.members {
                do throws(PolicyMessage) { conditions.append(try PostureCondition(member.text)) } catch {
                    complain(error, at: member.position)
                }
            }
            file.postures.append(PosturePolicy(name: posture.name, conditions: conditions))
        }
        file.defaultSourcePosture = postureNames(section("defaultSrcPosture"), of: "defaultSrcPosture")
    }

    mutating func postureNames(_ value: JSONValue?, of name: String) -> [PolicyWord] {
        let found = words(value, of: name)
        for word in found where !names.postures.contains(word.text) {
            complain(
                PolicyMessage("\(name): posture not found: \(word.text.quoted)", isServiceMessage: false),
                at: word.position)
        }
        return found
    }

    mutating func decodeApprovers() {
        guard let value = section("autoApprovers"), !value.isNull,
            let found = fields(value, of: "autoApprovers", known: ["routes", "exitNode", "services"])
        else { return }
        file.exitNodeApprovers = words(found["exitnode"], of: "autoApprovers.exitNode")
        for approver in file.exitNodeApprovers { check(approver, in: "autoApprovers.exitNode") }
        guard let routes = found["routes"], !routes.isNull else { return }
        for member in routes.object ?? [] {
            let approvers = words(member.value, of: "autoApprovers.routes[\(member.key.quoted)]")
            for approver in approvers { check(approver, in: "autoApprovers.routes[\(member.key.quoted)]") }
            guard let prefix = IPPrefix(member.key.trimmed) else {
                complain(
                    PolicyMessage("autoApprovers: \(member.key.quoted) is not a route", isServiceMessage: false),
                    at: source.position(member.keyRange.lowerBound))
                continue
            }
            file.routeApprovers.append(RouteApprover(prefix: prefix, approvers: approvers))
        }
    }

    /// Complains about a word that means nothing.
    private mutating func check(_ word: PolicyWord, in place: String) {
        do throws(PolicyMessage) {
            _ = try PolicySelector(word.text, in: names)
        } catch {
            complain(
                PolicyMessage("\(place): \(error.text)", isServiceMessage: false, hint: error.hint), at: word.position)
        }
    }
}

import ByteText
import TailnetModel

extension PolicyDecoder {
    /// The entries of `nodeAttrs`.
    mutating func decodeNodeAttributes() {
        for entry in elements(section("nodeAttrs"), of: "nodeAttrs") {
            let known = ["target", "attr", "app", "ipPool", "description"]
            guard let fields = fields(entry, of: "nodeAttrs", known: known) else { continue }
            var rule = NodeAttributeRule(position: source.position(entry.range.lowerBound))
            for word in words(fields["target"], of: "target") {
                do throws(PolicyMessage) {
                    let selector = try PolicySelector(word.text, in: names)
                    switch selector {
                    case .autogroup(.self), .autogroup(.internet), .autogroup(.nonroot), .autogroup(.dangerAll):
                        // Seen for `autogroup:self`: the service does not refuse such a target, it fails.
                        throw PolicyMessage(PolicyAnswer.internalError)
                    default:
                        rule.targets.append(SelectedWord(word: word, selector: selector))
                    }
                } catch {
                    complain(error, at: word.position)
                }
            }
            rule.attributes = words(fields["attr"], of: "attr")
            rule.capabilities = nodeCapabilities(fields["app"])
            rule.addressPools = words(fields["ippool"], of: "ipPool")
            for pool in rule.addressPools { checkPool(pool) }
            file.nodeAttributes.append(rule)
        }
    }

    /// Unlike in a grant, the service's own names are allowed: `tailscale.com/app-connectors`.
    private mutating func nodeCapabilities(_ value: JSONValue?) -> [PolicyCapability] {
        guard let value, !value.isNull else { return [] }
        return (value.object ?? []).map { member in
            let values = elements(member.value, of: "app[\(member.key.quoted)]").map { compactText($0) }
            return PolicyCapability(name: member.key, values: values)
        }
    }

    private mutating func checkPool(_ word: PolicyWord) {
        guard let pool = AddressRange(word.text) else {
            complain(
                PolicyMessage("IPPool(\(word.text)): not a network", isServiceMessage: false), at: word.position)
            return
        }
        let name = "IPPool(\(pool.prefix?.description ?? word.text))"
        guard TailnetRanges.cgnat.contains(pool.first), TailnetRanges.cgnat.contains(pool.last) else {
            complain(
                PolicyMessage("\(name): network not within \(TailnetRanges.cgnat.wireText)", isServiceMessage: false),
                at: word.position)
            return
        }
        if TailnetRanges.reserved.contains(where: { $0.contains(pool.first) && $0.contains(pool.last) }) {
            complain(PolicyMessage("\(name): network within reserved range"), at: word.position)
        }
    }
}

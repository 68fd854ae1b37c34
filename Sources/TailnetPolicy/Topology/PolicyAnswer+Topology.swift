extension PolicyReading {
    /// What the service of a tailnet answers to the file: its text, its domains and its tests are judged.
    public func answer(in topology: PolicyTopology) -> PolicyAnswer {
        guard answer.code == 200, let file else { return answer }
        let problems = file.problems(in: topology)
        let verdict = PolicyAnswer(problems)
        if verdict != .accepted { return verdict }
        let failures = CompiledPolicy(file: file, topology: topology).testFailures()
        return failures.isEmpty ? .accepted : PolicyAnswer(code: 400, message: "test(s) failed")
    }
}

extension PolicyFile {
    /// What is wrong with the file in this tailnet, though the text alone is in order.
    ///
    /// `user:*@domain` and `localpart:*@domain` need a domain that is the tailnet's own. A group that the identity
    /// provider keeps is worth a warning where the tailnet does not know it.
    public func problems(in topology: PolicyTopology) -> [PolicyProblem] {
        var problems: [PolicyProblem] = []
        let check = { (domain: String, word: PolicyWord, prefix: String) in
            if topology.domains.contains(domain) { return }
            let message =
                "\(prefix)\(domain) is not associated with this Tailnet and cannot be used in user:*@<domain> expressions"
            problems.append(PolicyProblem(message, at: word.position, isServiceMessage: true))
        }
        let checkNames = { (names: [SelectedWord], prefix: String) in
            for name in names {
                if case .domain(let domain) = name.selector { check(domain, name.word, prefix) }
            }
        }
        for rule in rules {
            checkNames(rule.sources + rule.destinations.map(\.name), rule.kind == .acl ? "[acls] " : "[grants] ")
        }
        for rule in ssh {
            checkNames(rule.sources + rule.destinations, "[ssh] ")
            for user in rule.users where SSHUsers.domain(user.text) != nil {
                // Here the service takes letters of another case for another domain.
                check(String(user.text.dropFirst(12)), user, "")
            }
        }
        for rule in nodeAttributes { checkNames(rule.targets, "[nodeAttrs] ") }
        return problems + unknownGroups(in: topology)
    }

    /// A warning for each group that neither the file nor the tailnet knows, where it is first named.
    private func unknownGroups(in topology: PolicyTopology) -> [PolicyProblem] {
        var known = Set(groups.map(\.name.text)).union(topology.groups.keys)
        var words = tagOwners.flatMap(\.members) + routeApprovers.flatMap(\.approvers) + exitNodeApprovers
        for rule in rules { words += (rule.sources + rule.destinations.map(\.name)).map(\.word) }
        for rule in ssh { words += rule.sources.map(\.word) }
        for rule in nodeAttributes { words += rule.targets.map(\.word) }
        return words.sorted { $0.position < $1.position }.compactMap { word in
            guard PolicySelector.isProvisioned(word.text), known.insert(word.text).inserted else { return nil }
            return PolicyProblem(
                "\(word.text.quoted): group is not syncing from SCIM and will be ignored by rules in the policy file",
                at: word.position, severity: .warning, isServiceMessage: false)
        }
    }
}

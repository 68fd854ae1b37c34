extension PolicyReading {
    /// What the service of a tailnet answers to the file: its text, its domains and its tests are judged.
    public func answer(in topology: PolicyTopology) -> PolicyAnswer {
        guard answer.code == 200, let file else { return answer }
        let problems = file.problems(in: topology)
        if !problems.isEmpty { return PolicyAnswer(problems) }
        let failures = CompiledPolicy(file: file, topology: topology).testFailures()
        return failures.isEmpty ? .accepted : PolicyAnswer(code: 400, message: "test(s) failed")
    }
}

extension PolicyFile {
    /// What is wrong with the file in this tailnet, though the text alone is in order.
    ///
    /// `user:*@domain` and `localpart:*@domain` need a domain that is the tailnet's own.
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
            for user in rule.users {
                if let domain = SSHUsers.domain(user.text) { check(domain, user, "") }
            }
        }
        for rule in nodeAttributes { checkNames(rule.targets, "[nodeAttrs] ") }
        return problems
    }
}

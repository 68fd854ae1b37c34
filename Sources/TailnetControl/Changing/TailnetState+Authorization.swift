import TailnetModel

extension TailnetState {
    /// Refuses a change that the actor may not make.
    public func authorize(_ action: ControlAction, by actor: ControlActor) throws(Refusal) {
        if case .join(let node) = action, let owner = device(node).node.owner,
            let reason = account(owner).reasonAgainstActing
        {
            throw Refusal(
                .forbidden, "the owner of \(nodes[node].key) \(reason)", ", so it cannot join")
        }
        switch actor {
        case .service: return
        case .client(let client):
            guard action.isOpenToClients else {
                throw Refusal(
                    .forbidden, at: .actor,
                    "\(clients[client].key) is an OAuth client and cannot do this; name a user", isOfThatTime: false)
            }
        case .user(let user): try authorize(action, byUser: user)
        }
    }

    private func authorize(_ action: ControlAction, byUser user: Int) throws(Refusal) {
        let name = users[user].key
        if case .mintToken = action {
            throw Refusal(
                .forbidden, at: .actor, "\(name) is no OAuth client, and only those mint tokens", isOfThatTime: false)
        }
        // A person makes their own account, which is not there before.
        if action == .changeUser(.create, user: user) { return }
        let account = account(user)
        if let reason = account.reasonAgainstActing {
            throw Refusal(.forbidden, at: .actor, "\(name) \(reason)", " and can do nothing")
        }
        // Whoever brought a device may do to it what others need a role for, also after it got tags.
        let isOwn = action.node.map { nodes[$0].owner == user } ?? false
        guard let roles = action.roles, !isOwn, !roles.contains(account.role) else { return }
        let names = roles.map(\.rawValue).joined(separator: ", ")
        throw Refusal(
            .forbidden, at: .actor,
            "\(name) is \(account.role.rawValue) and may not do this; only these roles may: \(names)",
            isOfThatTime: false)
    }
}

extension ControlAction {
    /// The node that a change is made to.
    public var node: Int? {
        switch self {
        case .join(let node), .delete(let node), .expireKey(let node), .reauthenticate(let node),
            .changeNode(_, let node):
            node
        case .changeObject(.share(.create(let share), _)): share.node
        case .log(let change): change.node
        default: nil
        }
    }

    /// Who may do it to what is not their own; nil for everybody.
    var roles: [UserRole]? {
        switch self {
        case .join, .reauthenticate, .pushGroup, .mintToken, .failRequest, .log, .joinTailnet, .leaveTailnet,
            .verifyContact:
            nil
        case .expireKey, .delete: [.owner, .admin, .itAdmin]
        case .changeNode(let change, _): change.roles
        case .changeUser(.create, _), .changeUser(.push, _): nil
        case .changeUser: [.owner, .admin, .itAdmin]
        case .changeObject(let change): change.roles
        case .setPolicy, .setDNS, .renameTailnet: [.owner, .admin, .networkAdmin]
        case .turn, .changeKeyDuration, .createAuthKey, .createAPIToken, .createOAuthClient, .revokeKey:
            [.owner, .admin, .itAdmin, .networkAdmin]
        case .setContact: [.owner, .admin]
        case .console: [.owner, .admin, .itAdmin, .networkAdmin, .billingAdmin, .auditor]
        }
    }

    /// Whether an OAuth client can do it.
    var isOpenToClients: Bool {
        switch self {
        case .join, .reauthenticate, .console, .verifyContact, .joinTailnet, .leaveTailnet: false
        case .changeNode(let change, _):
            switch change {
            case .checkIn, .logOut, .setPostureReporting, .disconnect, .webInterface: false
            default: true
            }
        case .changeUser(.create, _), .changeObject(.share(.accept, _)), .changeObject(.invite(.accept, _)): false
        default: true
        }
    }
}

extension NodeChange {
    fileprivate var roles: [UserRole]? {
        switch self {
        case .checkIn, .logOut, .setPostureReporting, .disconnect, .autoApproveRoutes: nil
        case .approve, .rename, .setKeyExpiry, .extendKey, .sign, .setAttribute, .deleteAttribute:
            [.owner, .admin, .itAdmin]
        case .setRoutes, .setExitNode: [.owner, .admin, .networkAdmin]
        case .setTags, .webInterface: [.owner, .admin, .itAdmin, .networkAdmin]
        }
    }
}

extension ObjectChange {
    fileprivate var roles: [UserRole]? {
        switch self {
        case .share(.accept, _), .invite(.accept, _): nil
        case .postureIntegration, .share, .invite: [.owner, .admin, .itAdmin]
        case .webhook, .logStream, .lockKey: [.owner, .admin, .itAdmin, .networkAdmin]
        }
    }
}

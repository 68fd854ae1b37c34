/// What an explicit change is called in the file.
enum EventVerb: String, CaseIterable {
    // Nodes.
    case join
    case approveNode = "approve-node"
    case renameNode = "rename-node"
    case setTags = "set-tags"
    case setRoutes = "set-routes"
    case autoApproveRoutes = "auto-approve-routes"
    case enableExitNode = "enable-exit-node"
    case disableExitNode = "disable-exit-node"
    case enableKeyExpiry = "enable-key-expiry"
    case disableKeyExpiry = "disable-key-expiry"
    case extendKey = "extend-key"
    case expireKey = "expire-key"
    case reauthenticate
    case sshCheck = "ssh-check"
    case logOut = "log-out"
    case delete
    case signNode = "sign-node"
    case setAttribute = "set-attribute"
    case deleteAttribute = "delete-attribute"
    case setPostureReporting = "set-posture-reporting"
    case disconnect
    case webLogin = "web-login"
    case webLogout = "web-logout"
    // People.
    case inviteUser = "invite-user"
    case resendUserInvite = "resend-user-invite"
    case createUser = "create-user"
    case approveUser = "approve-user"
    case changeRole = "change-role"
    case suspendUser = "suspend-user"
    case restoreUser = "restore-user"
    case deleteUser = "delete-user"
    case pushUser = "push-user"
    case pushGroup = "push-group"
    // The tailnet.
    case enable
    case disable
    case editPolicy = "edit-policy"
    case editDNS = "edit-dns"
    case renameTailnet = "rename-tailnet"
    case setKeyDuration = "set-key-duration"
    case setContact = "set-contact"
    case verifyContact = "verify-contact"
    case joinTailnet = "join-tailnet"
    case leaveTailnet = "leave-tailnet"
    // Its objects.
    case createWebhook = "create-webhook"
    case subscribeWebhook = "subscribe-webhook"
    case rotateWebhook = "rotate-webhook"
    case deleteWebhook = "delete-webhook"
    case createLogStream = "create-log-stream"
    case updateLogStream = "update-log-stream"
    case repointLogStream = "repoint-log-stream"
    case deleteLogStream = "delete-log-stream"
    case createPostureIntegration = "create-posture-integration"
    case updatePostureIntegration = "update-posture-integration"
    case deletePostureIntegration = "delete-posture-integration"
    case addLockKey = "add-lock-key"
    case updateLockKey = "update-lock-key"
    case removeLockKey = "remove-lock-key"
    case shareNode = "share-node"
    case resendShare = "resend-share"
    case acceptShare = "accept-share"
    case cancelShare = "cancel-share"
    case updateShare = "update-share"
    case endShare = "end-share"
    case createInvite = "create-invite"
    case resendInvite = "resend-invite"
    case acceptInvite = "accept-invite"
    case cancelInvite = "cancel-invite"
    // Credentials and sessions.
    case createAuthKey = "create-auth-key"
    case createAPIToken = "create-api-token"
    case createOAuthClient = "create-oauth-client"
    case revokeKey = "revoke-key"
    case mintToken = "mint-token"
    case consoleLogin = "console-login"
    case consoleLogout = "console-logout"
    case failRequest = "fail-request"
    // Everything else.
    case log
}

extension EventVerb {
    /// The keys that the change needs, and those that it may have, beside `at`, `do`, `by` and `via`.
    var keys: (needed: [String], allowed: [String]) {
        switch self {
        case .join, .approveNode, .enableExitNode, .disableExitNode, .enableKeyExpiry, .disableKeyExpiry, .expireKey,
            .reauthenticate, .sshCheck, .logOut, .delete, .signNode, .webLogin, .webLogout:
            (["node"], [])
        case .renameNode: (["node", "to"], [])
        case .setTags: (["node", "tags"], [])
        case .setRoutes, .autoApproveRoutes: (["node", "routes"], [])
        case .extendKey: (["node", "lifetime"], [])
        case .setAttribute: (["node", "attribute", "value"], [])
        case .deleteAttribute: (["node", "attribute"], [])
        case .setPostureReporting: (["node", "on"], [])
        case .disconnect: (["node", "reason"], [])
        case .inviteUser, .resendUserInvite, .createUser, .approveUser, .suspendUser, .restoreUser, .deleteUser,
            .pushUser:
            (["user"], [])
        case .changeRole: (["user", "role"], [])
        case .pushGroup: (["name"], ["members"])
        case .enable, .disable: (["setting"], [])
        case .editPolicy: (["policy"], [])
        case .editDNS: ([], ["nameservers", "searchDomains"])
        case .renameTailnet: (["to"], [])
        case .setKeyDuration: (["days"], [])
        case .setContact: (["contact", "email"], [])
        case .verifyContact: (["contact"], [])
        case .joinTailnet, .leaveTailnet: (["name"], [])
        case .createWebhook: (["name", "url", "subscriptions"], ["provider"])
        case .subscribeWebhook: (["name", "subscriptions"], [])
        case .createLogStream, .updateLogStream, .repointLogStream: (["log", "provider"], ["url", "bucket"])
        case .deleteLogStream: (["log"], [])
        case .createPostureIntegration, .updatePostureIntegration, .deletePostureIntegration: (["provider"], [])
        case .shareNode: (["name", "node"], ["email"])
        case .createInvite: (["name"], ["email", "role"])
        case .rotateWebhook, .deleteWebhook, .addLockKey, .updateLockKey, .removeLockKey, .resendShare, .acceptShare,
            .cancelShare, .updateShare, .endShare, .resendInvite, .acceptInvite, .cancelInvite, .revokeKey:
            (["name"], [])
        case .createAuthKey: (["name"], ["reusable", "ephemeral", "tags", "lifetime"])
        case .createAPIToken: (["name"], ["lifetime"])
        case .createOAuthClient: (["name", "scopes"], [])
        case .mintToken, .consoleLogin, .consoleLogout: ([], [])
        case .failRequest: ([], ["request"])
        case .log: (["event"], ["origin", "actor", "node", "user", "name", "old", "new", "details", "error"])
        }
    }

    /// Who acts where `by` is left out.
    enum DefaultActor {
        /// Nobody: `by` must be written.
        case none
        /// The owner of the node.
        case owner
        /// The user whose account it is.
        case user
        /// The service itself, or another system.
        case service
    }

    /// Who acts where `by` is left out.
    var defaultActor: DefaultActor {
        switch self {
        case .join, .reauthenticate, .sshCheck, .logOut, .setPostureReporting, .disconnect, .webLogin, .webLogout:
            .owner
        case .createUser: .user
        case .expireKey, .autoApproveRoutes, .pushUser, .pushGroup, .log: .service
        default: .none
        }
    }
}

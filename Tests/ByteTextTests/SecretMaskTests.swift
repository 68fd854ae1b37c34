import ByteText
import Testing

@Suite("Secret mask") struct SecretMaskTests {
    @Test(
        "The secrets of a URL are found",
        arguments: [
            ("http://me:hunter22@h/x", ["hunter22"]), ("splunk+https://s3cr3ttoken@h", ["s3cr3ttoken"]),
            ("https://h/in?api_key=abcd1234&log=network", ["abcd1234"]), ("http://u:pa%2Fss@h", ["pa%2Fss", "pa/ss"]),
            ("http://u:pa/ss@h/x", ["pa/ss"]), ("file://u:SECRET@h/x", ["SECRET"]), ("u:SECRET@h:1", ["SECRET"]),
            ("network=http://:tokentoken@h/", ["tokentoken"]),
        ])
    func secretsOfURL(_ url: String, _ secrets: [String]) {
        let mask = SecretMask(SecretMask.secrets(ofURL: url))
        for secret in secrets {
            #expect(mask.masked("<\(secret)> and \(secret)") == "<***> and ***")
        }
        #expect(mask.masked("a network log of a host") == "a network log of a host")
    }

    @Test(
        "What is no secret stays",
        arguments: [
            "http://127.0.0.1:8088/a@b", "file:backup@monday.ndjson", "file:/tmp/a:b@c", "http://[::1]:80/x@y",
            "https://h/?query=INSERT&log=network",
        ])
    func nothingSecret(_ url: String) {
        #expect(SecretMask(SecretMask.secrets(ofURL: url)).masked(url) == url)
    }

    @Test("A secret is found in the header that carries it, and as JSON writes it") func otherSpellings() {
        let basic = SecretMask(SecretMask.secrets(ofURL: "splunk+http://tokentoken@h"))
        #expect(basic.masked("Basic \(Array("user:tokentoken".utf8).base64)") == "Basic ***")
        #expect(SecretMask(["a\"quoted\""]).masked(#"{"t":"a\"quoted\""}"#) == #"{"t":"***"}"#)
    }

    @Test("Of secrets that contain each other none shows in part") func overlappingSecrets() {
        #expect(SecretMask(["secret", "secretsecret"]).masked("secretsecret, secret") == "***, ***")
    }

    @Test("A command line's secrets are those of its URLs and of --token") func commandLine() {
        let mask = SecretMask(arguments: [
            "replay", "http://u:first1@h", "--to", "u:second2@h:1", "--to=http://h/?sig=third3", "--token", "fourth4",
            "--token=fifth5", "--inject", "dns-tunnel@+3h,actor=carla@example.com",
        ])
        #expect(mask.masked("first1 second2 third3 fourth4 fifth5") == "*** *** *** *** ***")
        #expect(mask.masked("dns-tunnel carla") == "dns-tunnel carla")
    }

    @Test("Values of a query are hidden by their names, however short they are") func query() {
        #expect(SecretMask.maskedQuery("/x?token=a&log=network&Api-Key=") == "/x?token=***&log=network&Api-Key=***")
        #expect(SecretMask.maskedQuery("/x") == "/x")
    }
}

import Testing

@testable import Records

@Suite struct PathSpellingTests {
  @Test(arguments: ["~", "~/x", "~user/x", "$HOME", "a/$B/c", "${HOME}/x", "x${}", "a$_b"])
  func whatAShellExpandsIsNotCreated(path: String) {
    #expect(PathSpelling.flaw(ofOutput: path)?.contains("is not expanded here") == true)
  }

  @Test(arguments: ["a~", "./~", "a/~/b", "price$", "$1", "a$/b", "{x}", "a:b", "/x//y"])
  func otherNamesAreTaken(path: String) {
    #expect(PathSpelling.flaw(ofOutput: path) == nil)
  }

  @Test func pathsOfOtherMachinesAreNotCreated() {
    #expect(PathSpelling.flaw(ofOutput: "s3://bucket/x") != nil)
    #expect(PathSpelling.flaw(ofOutput: "a\0b") != nil)
  }
}

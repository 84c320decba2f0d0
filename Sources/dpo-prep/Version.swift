/// The version of the program.
let dpoPrepVersion = "0.1.0"

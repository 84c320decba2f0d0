/// The version of the program.
package let dpoPrepVersion = "0.1.0"

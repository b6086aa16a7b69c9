using RnnGen.Benchmarks.Embedded;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine("""
        Publishes programs that hear digits on standard input and differ in their engine only, and measures them: the embedded sample, ONNX Runtime in a
        NativeAOT program, TorchSharp. Large downloads (0.6 GB); a program that cannot be published is left out with a line. Linux on x64.
          --out FILE    also into a file
        """);
    return;
}

ProgramsTable.Write(Array.IndexOf(args, "--out") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null);

namespace RnnGen.Tests.Bounds;

/// <summary>What a process does that a protected page may end: it says each thing before it does it.</summary>
internal static class BoundsRun
{
    /// <summary>The argument with which this program runs all networks; then comes the instruction set that it should have.</summary>
    public const string Argument = "--bounds";

    /// <summary>The argument with which it does one thing of <see cref="Overrun.All"/>, whose name comes then.</summary>
    public const string OverrunArgument = "--overrun";

    /// <summary>What it says last when nothing has ended it.</summary>
    public const string End = "the end";

    /// <summary>All networks, with the kernels of this process.</summary>
    public static int Run(string expected)
    {
        if (RnnGen.Simd.Active.ToString() != expected)
        {
            Console.Error.WriteLine($"expected the kernels of {expected}, got those of {RnnGen.Simd.Active}");
            return 1;
        }

        foreach (Type network in BoundsCase.Networks)
            BoundsCase.Run(network, Console.WriteLine);
        Console.WriteLine(End);
        return 0;
    }

    /// <summary>One overrun.</summary>
    public static int RunOverrun(string name)
    {
        Console.WriteLine(name);
        Overrun.All[name]();
        Console.WriteLine(End);
        return 0;
    }
}

using RnnGen.Tests.Training;

namespace RnnGen.Tests;

/// <summary>The test assembly as a program: what a test runs in a process of its own, to kill it.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments is not [CheckpointedRun.Argument, string folder])
        {
            Console.Error.WriteLine($"expected {CheckpointedRun.Argument} FOLDER; these are tests, run them with dotnet test");
            return 2;
        }

        CheckpointedRun.Train(folder, new CheckpointOptions(CheckpointedRun.CheckpointIn(folder), every: 1));
        return 0;
    }
}

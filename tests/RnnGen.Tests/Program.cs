using RnnGen.Tests.Bounds;
using RnnGen.Tests.Simd;
using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests;

/// <summary>The test assembly as a program: what a test runs in a process of its own, to kill it or to see it die.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case [CheckpointedRun.Argument, string folder]:
                CheckpointedRun.Train(folder, new CheckpointOptions(CheckpointedRun.CheckpointIn(folder), every: 1));
                return 0;
            case [BoundsRun.Argument, string set]:
                return BoundsRun.Run(set);
            case [BoundsRun.OverrunArgument, string name]:
                return BoundsRun.RunOverrun(name);
            case [SimdNoticeRun.Argument]:
                return SimdNoticeRun.Run();
            default:
                string expected = $"{CheckpointedRun.Argument} FOLDER, {BoundsRun.Argument} SET, {BoundsRun.OverrunArgument} NAME or {SimdNoticeRun.Argument}";
                Console.Error.WriteLine($"expected {expected}; these are tests, run them with dotnet test");
                return 2;
        }
    }
}

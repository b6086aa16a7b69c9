using System.Reflection;

namespace RnnGen.Tests.Bounds;

/// <summary>
/// No kernel reads or writes a float that is not its own: networks of every kind of layer run in memory whose neighbourhood may not be touched, each twice,
/// with protected pages flush behind every piece of memory, then flush before it. Since touching one ends the process, they run in processes of their own, one
/// for each set of kernels, whose last words say what they were at.
/// </summary>
/// <remarks>
/// What has protected pages of its own:
/// <list type="bullet">
/// <item>every region of a tape, the packed gradients, and what a tape has for its user (mask, steps, logits, outputs, states and the gradients of all);</item>
/// <item>the frames, outputs, states, streams, masks of active streams, gradients and targets that a caller gives;</item>
/// <item>the frames and the mask of a batch; they are arrays, so the 24 bytes before them are their own;</item>
/// <item>a network's weights as one block, its state with the scratch of a step as one, the scratch of a batch as one, and that for all its steps as one: where
/// layers lie in those is compiled into the kernels, so only the blocks' ends have pages, and that no layer reads another's is what the reference shows.</item>
/// </list>
/// What has none: an optimiser's moments, the trainer's gradients of a loss, a mask of ones for all streams, and the frames of classes given as int, all of
/// which are plain arrays.
/// </remarks>
public sealed class BoundsTests
{
    public static TheoryData<string> Overruns => new(Overrun.All.Keys);

    [SkippableFact]
    public void With_all_instruction_sets() => Run(RnnGen.Simd.Active);

    [SkippableFact]
    public void Without_Avx512()
    {
        Skip.If(RnnGen.Simd.Active != InstructionSet.Avx512, Numerics.InstructionSetTests.NoAvx512);
        Run(RnnGen.Simd.HasAvx2 ? InstructionSet.Avx2 : InstructionSet.Portable, "DOTNET_EnableAVX512");
    }

    [SkippableFact]
    public void Without_Avx2() => Run(InstructionSet.Portable, "DOTNET_EnableAVX2");

    [SkippableFact]
    public void Without_any_vector_instructions()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        Run(InstructionSet.Portable, "DOTNET_EnableHWIntrinsic");
    }

    [SkippableTheory]
    [MemberData(nameof(Overruns))]
    public void An_overrun_ends_the_process_which_has_said_what_it_was_at(string overrun)
    {
        Skip.If(GuardedMemory.WhyNot is not null, GuardedMemory.WhyNot);
        BoundsProcess process = BoundsProcess.Run(BoundsRun.OverrunArgument, overrun);
        Assert.True(process.ExitCode != 0 && process.At == overrun, process.Report);
        Assert.DoesNotContain("Unhandled exception", process.Errors); // it has not just thrown
    }

    [Fact]
    public void The_networks_have_each_size()
    {
        LayerAttribute[] layers = [.. BoundsCase.Networks.SelectMany(network => network.GetCustomAttributes<LayerAttribute>())];
        int[] units = [.. layers.OfType<RecurrentLayerAttribute>().Select(UnitsOf)];
        int[] inputs = [.. BoundsCase.Networks.Select(network => network.GetCustomAttribute<NetworkAttribute>()!.InputSize)];
        Assert.Superset(new HashSet<int> { 1, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 20, 24, 31, 32, 33, 40, 47, 48, 64, 65 }, units.ToHashSet());
        Assert.Superset(new HashSet<int> { 1, 2, 3, 5, 8, 13, 16, 17 }, inputs.ToHashSet());
        Assert.Superset(
            typeof(LayerAttribute).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract).ToHashSet(),
            layers.Select(layer => layer.GetType()).ToHashSet());
    }

    private static int UnitsOf(RecurrentLayerAttribute layer) => (int)layer.GetType().GetProperty("Units")!.GetValue(layer)!;

    private static void Run(InstructionSet expected, string? without = null)
    {
        Skip.If(GuardedMemory.WhyNot is not null, GuardedMemory.WhyNot);
        BoundsProcess process = BoundsProcess.Run(BoundsRun.Argument, expected.ToString(), without);
        Assert.True(process.IsThrough, $"the kernels of {expected}{(without is null ? "" : $", {without} being off")}: the process {process.Report}");
    }
}

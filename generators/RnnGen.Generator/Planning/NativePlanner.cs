using RnnGen.Generator.Spec;
using RnnGen.Runtime;
using static RnnGen.Runtime.NativeStatus;

namespace RnnGen.Generator.Planning;

/// <summary>Decides which functions C gets of a network, what they take, call and return.</summary>
internal sealed class NativePlanner
{
    private static readonly NativeParameter Network = new(NativeRole.Network, NativeType.Network, "network");
    private static readonly NativeParameter Created = new(NativeRole.Created, NativeType.NetworkAddress, "network");

    private readonly NetworkPlan _network;
    private readonly NativeParameter[] _output =
        [new(NativeRole.Output, NativeType.FloatBuffer, "output"), new(NativeRole.OutputLength, NativeType.Length, "output_length")];

    private NativePlanner(NetworkPlan network) => _network = network;

    private bool OneHot => _network.Spec.OneHot;

    /// <summary>What C gets of a network; null where it is not exported.</summary>
    public static NativePlan? Plan(NetworkPlan network) =>
        network.Spec.NativePrefix is { } prefix ? new NativePlan(prefix, network, [.. new NativePlanner(network).Functions()]) : null;

    private IEnumerable<NativeFunction> Functions()
    {
        yield return Function(
            NativeOperation.CreateFromMemory,
            [new(NativeRole.File, NativeType.Bytes, "safetensors"), new(NativeRole.FileLength, NativeType.Length, "bytes"), Created],
            NullArgument, Misaligned, WrongLength, BadWeights, OutOfMemory);
        yield return Function(
            NativeOperation.CreateFromFile, [new(NativeRole.Path, NativeType.Text, "path"), Created],
            NullArgument, Misaligned, InputOutput, BadWeights, OutOfMemory);
        if (_network.Spec.Weights is not null)
            yield return CreateDefault();
        yield return Function(NativeOperation.Destroy, [Network], NullArgument, BadHandle);
        if (_network.Steppable)
            yield return OneHot ? StepOfClass() : StepOfFrame();
        yield return Run();
        yield return Function(NativeOperation.Reset, [Network], NullArgument, BadHandle, Busy);
        yield return OfState(NativeOperation.GetState, NativeType.FloatBuffer);
        yield return OfState(NativeOperation.SetState, NativeType.Floats);
        yield return Size(NativeOperation.InputSize, _network.Spec.InputSize);
        yield return Size(NativeOperation.OutputSize, _network.OutputSize);
        yield return Size(NativeOperation.StateSize, _network.Sizes.State);
        yield return new NativeFunction(
            NativeOperation.LastError, new NativeBody.CopyError(),
            [new(NativeRole.Buffer, NativeType.TextBuffer, "buffer"), new(NativeRole.Capacity, NativeType.Length, "capacity")], []);
    }

    private static NativeFunction CreateDefault() =>
        Function(NativeOperation.CreateDefault, [Created], NullArgument, Misaligned, BadWeights, OutOfMemory) with
        {
            Body = new NativeBody.NetworkCall(nameof(NativeOperation.CreateDefault), MakesDefault: true),
        };

    private NativeFunction StepOfFrame() => Function(
        NativeOperation.Step, [Network, .. Input(NativeType.Floats), .. _output],
        NullArgument, Misaligned, WrongLength, BadHandle, Busy) with
    {
        Overlap = NativeOverlap.Anywhere,
    };

    private NativeFunction StepOfClass() => Function(
        NativeOperation.Step, [Network, new(NativeRole.Input, NativeType.Class, "input"), .. _output],
        NullArgument, Misaligned, WrongLength, BadHandle, BadClass, Busy) with
    {
        Body = new NativeBody.NetworkCall("StepClass"),
    };

    private NativeFunction Run() => Function(
        NativeOperation.Run, [Network, .. Input(OneHot ? NativeType.Classes : NativeType.Floats), .. _output],
        NullArgument, Misaligned, WrongLength, BadHandle, OneHot ? BadClass : Overlap, OutOfMemory, Busy) with
    {
        Body = new NativeBody.NetworkCall(OneHot ? "RunClasses" : "Run"),
        Overlap = OneHot || _network.ManyToOne ? NativeOverlap.Anywhere : _network.Steppable ? NativeOverlap.NoLater : NativeOverlap.Nowhere,
    };

    private static NativeParameter[] Input(NativeType type) =>
        [new(NativeRole.Input, type, "input"), new(NativeRole.InputLength, NativeType.Length, "input_length")];

    private static NativeFunction OfState(NativeOperation operation, NativeType type) => Function(
        operation, [Network, new(NativeRole.State, type, "state"), new(NativeRole.StateLength, NativeType.Length, "state_length")],
        NullArgument, Misaligned, WrongLength, BadHandle, Busy);

    private static NativeFunction Size(NativeOperation operation, int value) => new(operation, new NativeBody.Constant(value), [], []);

    /// <summary>A function that hands its parameters to the runtime's method of its operation's name.</summary>
    private static NativeFunction Function(NativeOperation operation, IReadOnlyList<NativeParameter> parameters, params NativeStatus[] refusals) =>
        new(operation, new NativeBody.NetworkCall(operation.ToString()), parameters, refusals);
}

using RnnGen.Tests.Numerics;

namespace RnnGen.Tests.Cells;

/// <summary>Cells of the user's compute, forward and backward, what the same equations give as ordinary C# in double precision.</summary>
[Trait("Category", "Numerics")]
public sealed class CellReferenceTests
{
    public static TheoryData<MaskShape> Shapes => [.. Enum.GetValues<MaskShape>()];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Numbers_for_all_units(MaskShape shape) => Check<ScalarsNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Features_for_all_units(MaskShape shape) => Check<FeaturesNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_state_of_another_size_and_an_output_that_is_no_state(MaskShape shape) => Check<StoreNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Elements_rows_and_what_is_worked_out_at_compile_time(MaskShape shape) => Check<ElementsNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Comparisons(MaskShape shape) => Check<ThresholdsNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_learned_state_and_an_option(MaskShape shape) => Check<LearnedElementsNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Layer_normalisation(MaskShape shape) => Check<NormalizedBlendNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_clip_a_learned_state_and_no_biases(MaskShape shape) => Check<ClippedBlendNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void In_reverse(MaskShape shape) => Check<ReverseStoreNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Both_directions_side_by_side(MaskShape shape) => Check<BothWaysStoreNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Both_directions_added(MaskShape shape) => Check<SummedElementsNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Both_directions_averaged(MaskShape shape) => Check<AveragedFeaturesNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Both_directions_multiplied(MaskShape shape) => Check<MultipliedBlendNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Masked_steps_that_reset(MaskShape shape) => Check<ResetStoreNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Classes(MaskShape shape) => Check<ClassStoreNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Deterministic(MaskShape shape) => Check<SameBitsStoreNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_clock_that_has_gone_on_before_it_is_read(MaskShape shape) => Check<RhythmNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Layers_between_two_steps(MaskShape shape) => Check<HighwayNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void States_that_drive_each_other(MaskShape shape) => Check<OscillatorNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_recurrence_through_a_projection(MaskShape shape) => Check<ProjectedNetwork>(shape);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void States_in_an_array(MaskShape shape) => Check<BankNetwork>(shape);

    private static void Check<TNetwork>(MaskShape shape)
        where TNetwork : class, INetwork<TNetwork>
    {
        using var check = new CellCheck<TNetwork>(shape);
        check.CheckForward();
        if (shape is MaskShape.Gaps)
            check.CheckGradients();
    }
}
